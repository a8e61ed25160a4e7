// Package simulator is a Bot API server for one bot, on this machine, with
// people who can be made to talk to it: by a Go API in tests, by a page that
// looks like a phone in the demo.
//
// It is strict where Telegram is: it refuses what Telegram refuses, delivers
// updates in the order and with the retries of Telegram's own server, and can
// be told to misbehave. It knows private chats only, and HTML as the only
// parse_mode; it is not a place for real conversations, everything in it is
// sample data, kept in memory and, if asked, in one file.
package simulator
