package simulator

import (
	"context"
	"crypto/subtle"
	"errors"
	"io"
	"net/http"
	"strings"
)

// call is one request to the Bot API.
type call struct {
	*form
	ctx    context.Context
	method string
}

type method func(*Server, *call) (any, error)

// methods are the ones this server knows, by their names in small letters.
var methods map[string]method

func init() {
	methods = map[string]method{
		"getme":      getMe,
		"logout":     yes,
		"close":      yes,
		"getupdates": getUpdates, "setwebhook": setWebhook,
		"deletewebhook": deleteWebhook, "getwebhookinfo": getWebhookInfo,

		"sendmessage": sendMessage, "sendphoto": sendFile("photo"), "senddocument": sendFile("document"),
		"sendvoice": sendFile("voice"), "sendvideo": sendFile("video"),
		"sendmediagroup": sendMediaGroup, "sendlocation": sendLocation, "sendcontact": sendContact,
		"sendchataction": sendChatAction, "copymessage": copyMessage, "forwardmessage": forwardMessage,

		"editmessagetext": editMessageText, "editmessagecaption": editMessageCaption,
		"editmessagereplymarkup": editMessageReplyMarkup,
		"deletemessage":          deleteMessage, "deletemessages": deleteMessages,
		"answercallbackquery": answerCallbackQuery, "setmessagereaction": setMessageReaction,

		"setmycommands": setMyCommands, "getmycommands": getMyCommands, "deletemycommands": deleteMyCommands,
		"setmyname": setMyText("name", 64), "getmyname": getMyText("name"),
		"setmydescription":      setMyText("description", 512),
		"getmydescription":      getMyText("description"),
		"setmyshortdescription": setMyText("short_description", 120),
		"getmyshortdescription": getMyText("short_description"),
		"setchatmenubutton":     setChatMenuButton, "getchatmenubutton": getChatMenuButton,
		"getfile": getFile, "getchat": getChat,
	}
}

// serveBot answers /bot<token>/<method>.
func (s *Server) serveBot(w http.ResponseWriter, r *http.Request) {
	rest := strings.TrimPrefix(r.URL.Path, "/bot")
	token, name, _ := strings.Cut(rest, "/")
	if !s.isToken(token) {
		writeRefusal(w, &refusal{Code: http.StatusUnauthorized, Description: "Unauthorized"})
		return
	}
	name = strings.ToLower(strings.TrimPrefix(name, "test/"))
	run, known := methods[name]
	if !known || strings.Contains(name, "/") {
		s.counts.refused(name, &refusal{Code: http.StatusNotFound, Description: "Not Found"})
		writeRefusal(w, &refusal{Code: http.StatusNotFound, Description: "Not Found"})
		return
	}
	s.counts.called(name)
	hit := s.faults.onCall(name)
	if hit.before(w, r) {
		return
	}
	result, err := s.run(r, name, run)
	if hit.after() {
		panic(http.ErrAbortHandler)
	}
	if err != nil {
		if !cutOff(r.Body) {
			s.counts.refused(name, asRefusal(err))
		}
		writeRefusal(w, err)
		return
	}
	writeResult(w, result)
}

// cutOff reports whether a body that could not be read ended before its own end. Who
// sent it has gone, as a bot does that is stopped while it asks: there was no call to
// refuse. An [http.MaxBytesReader] says again what ended it.
func cutOff(body io.Reader) bool {
	_, err := body.Read(make([]byte, 1))
	return errors.Is(err, io.ErrUnexpectedEOF)
}

func (s *Server) run(r *http.Request, name string, do method) (any, error) {
	f, err := readForm(r, s.opts.MaxUpload)
	if err != nil {
		return nil, err
	}
	if err := f.valid(); err != nil {
		return nil, err
	}
	return do(s, &call{form: f, ctx: r.Context(), method: name})
}

func (s *Server) isToken(token string) bool {
	return subtle.ConstantTimeCompare([]byte(token), []byte(s.opts.Token)) == 1
}

func yes(*Server, *call) (any, error) { return true, nil }

func getMe(s *Server, _ *call) (any, error) {
	return struct {
		*account
		Groups  bool `json:"can_join_groups"`
		Reads   bool `json:"can_read_all_group_messages"`
		Inline  bool `json:"supports_inline_queries"`
		WebApps bool `json:"has_main_web_app"`
	}{account: s.bot(), Groups: true}, nil
}

func getChat(s *Server, c *call) (any, error) {
	u, err := s.chatOf(c, "chat_id")
	if err != nil {
		return nil, err
	}
	return struct {
		chat
		Accent    int `json:"accent_color_id"`
		Reactions int `json:"max_reaction_count"`
	}{chat: u.chat(), Reactions: 11}, nil
}
