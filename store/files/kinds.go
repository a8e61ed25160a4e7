package files

// Class is what a file is for people.
type Class string

// The classes.
const (
	Photo    Class = "photo"
	Document Class = "document"
	Audio    Class = "audio"
	Video    Class = "video"
)

// Kind is a kind of file that the office takes.
type Kind struct {
	MIME  string
	Ext   string // with its dot, as the file is handed out
	Class Class

	also []string // further extensions of its name
}

// kinds is the allow-list: what cameras, recorders, scanners and offices make, and
// nothing that a browser or a computer would run. Archives are not on it, since a
// person would have to unpack them to know what they hold; nor are HTML and SVG.
var kinds = []Kind{
	{"image/jpeg", ".jpg", Photo, []string{".jpeg", ".jfif", ".jpe"}},
	{"image/png", ".png", Photo, nil},
	{"image/webp", ".webp", Photo, nil},
	{"image/gif", ".gif", Photo, nil},
	{"image/heic", ".heic", Photo, []string{".heif"}},
	{"application/pdf", ".pdf", Document, nil},
	{"application/msword", ".doc", Document, []string{".dot"}},
	{"application/vnd.ms-excel", ".xls", Document, nil},
	{"application/vnd.openxmlformats-officedocument.wordprocessingml.document", ".docx", Document, nil},
	{"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", ".xlsx", Document, nil},
	{"application/vnd.oasis.opendocument.text", ".odt", Document, nil},
	{"application/vnd.oasis.opendocument.spreadsheet", ".ods", Document, nil},
	{"text/plain", ".txt", Document, []string{".text"}},
	{"audio/ogg", ".ogg", Audio, []string{".oga", ".opus"}},
	{"audio/mpeg", ".mp3", Audio, nil},
	{"audio/mp4", ".m4a", Audio, nil},
	{"audio/aac", ".aac", Audio, nil},
	{"audio/amr", ".amr", Audio, nil},
	{"audio/wav", ".wav", Audio, nil},
	{"video/mp4", ".mp4", Video, []string{".m4v"}},
	{"video/quicktime", ".mov", Video, []string{".qt"}},
	{"video/3gpp", ".3gp", Video, []string{".3g2", ".3gpp"}},
}

// sameAs maps what detection says of the same kinds to the name in the list.
var sameAs = map[string]string{
	"image/heif": "image/heic", "image/heic-sequence": "image/heic", "image/heif-sequence": "image/heic",
	"image/vnd.mozilla.apng": "image/png",
	"application/ogg":        "audio/ogg",
	"audio/x-m4a":            "audio/mp4",
	"video/3gpp2":            "video/3gpp", "audio/3gpp": "video/3gpp",
	"video/x-m4v": "video/mp4",
	// Lists typed by hand look like these.
	"text/csv": "text/plain", "text/tab-separated-values": "text/plain", "application/x-subrip": "text/plain",
}

// archives are refused with a reason of their own: people can send what is inside.
var archives = map[string]bool{
	"application/zip": true, "application/x-7z-compressed": true, "application/x-rar-compressed": true,
	"application/gzip": true, "application/x-tar": true, "application/x-bzip2": true, "application/x-xz": true,
	"application/zstd": true, "application/vnd.ms-cab-compressed": true,
}

func byMIME(mime string) (Kind, bool) {
	if same, ok := sameAs[mime]; ok {
		mime = same
	}
	for _, k := range kinds {
		if k.MIME == mime {
			return k, true
		}
	}
	return Kind{}, false
}

func byExt(ext string) (Kind, bool) {
	for _, k := range kinds {
		if k.named(ext) {
			return k, true
		}
	}
	return Kind{}, false
}

func (k Kind) named(ext string) bool {
	if k.Ext == ext {
		return true
	}
	for _, e := range k.also {
		if e == ext {
			return true
		}
	}
	return false
}
