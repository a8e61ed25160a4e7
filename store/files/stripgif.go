package files

import "bytes"

// stripGIF copies the frames and their timing; comments, plain texts and the
// applications' blocks, in which XMP lies, are left out but for the looping.
func stripGIF(b []byte) ([]byte, error) {
	if len(b) < 13 || !bytes.HasPrefix(b, []byte("GIF8")) {
		return nil, errDamaged
	}
	i := 13 + table(b[10])
	if i > len(b) {
		return nil, errDamaged
	}
	out := append(make([]byte, 0, len(b)), b[:i]...)
	for i < len(b) {
		start, keep := i, true
		switch b[i] {
		case 0x3B: // the end; what is behind it is dropped
			return append(out, 0x3B), nil
		case 0x21:
			if i+2 > len(b) {
				return nil, errDamaged
			}
			keep = b[i+1] == 0xF9 || b[i+1] == 0xFF && looping(b[i+2:])
			i = blocks(b, i+2)
		case 0x2C:
			if i+10 > len(b) {
				return nil, errDamaged
			}
			i = blocks(b, i+10+table(b[i+9])+1)
		default:
			return nil, errDamaged
		}
		if i < 0 {
			return nil, errDamaged
		}
		if keep {
			out = append(out, b[start:i]...)
		}
	}
	return nil, errDamaged
}

// table is the size of the colour table that flags tell of.
func table(flags byte) int {
	if flags&0x80 == 0 {
		return 0
	}
	return 3 << (flags&7 + 1)
}

func looping(b []byte) bool {
	return len(b) > 12 && (string(b[1:12]) == "NETSCAPE2.0" || string(b[1:12]) == "ANIMEXTS1.0")
}

// blocks is where the data blocks that begin at i end, or -1.
func blocks(b []byte, i int) int {
	for i < len(b) {
		n := int(b[i])
		if i++; n == 0 {
			return i
		}
		i += n
	}
	return -1
}
