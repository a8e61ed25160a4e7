// Package tiepdan is the vocabulary of a citizen-reception office (Ban Tiếp công
// dân): the submissions that citizens bring, the people who work them, and the
// rules both live under.
//
// Nothing here talks to a network, a database or a clock. Callers pass in what
// they know, including the time, and get back a value or an [Error].
package tiepdan
