// Package telegram is the office's door to Telegram, and alone knows it: it turns
// updates into [bot.Event]s, shows [bot.Reply]s, and sends what waits in the
// outbox. It decides nothing: what is said stands in package bot and in the
// templates, what is kept in the store.
//
// Of github.com/go-telegram/bot it uses the types only. Its polling and its
// webhook confirm updates before anything is durable, one update that it can't
// decode stops its polling for a day, and it sends each call as chunked multipart
// with new connections, which costs twice what the plain JSON of [client] does.
// Its structs name the fields of methods and objects; what is sent and read with
// them is ours.
package telegram
