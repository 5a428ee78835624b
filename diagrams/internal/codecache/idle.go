package codecache

import (
	"encoding/binary"
	"os"
	"strings"
	_ "unsafe" // for go:linkname
)

// Mark is an entry of the environment that makes a process a renderer. It is no argument because it is read before
// main, and because programs of tests that draw have no arguments of ours.
const Mark = markName + "=draw"

const markName = "CANDOR_RENDERER"

// Idle reports whether this process was started without Mark: then it has no renderer and must not ask for one.
func Idle() bool { return idle }

var idle = markName+"="+os.Getenv(markName) != Mark

// wasmFile is the renderer's module as go-graphviz has embedded it, whose init loads what stands here. Another name
// for a variable of another package is all that a library offers that loads its module before anybody can ask it
// not to. Where go-graphviz has no such variable any more, this is one of our own: nothing breaks, starts are slow
// again, and a test of package engine says so.
//
//go:linkname wasmFile github.com/goccy/go-graphviz/internal/wasm.wasmFile
var wasmFile []byte

// constants are what go-graphviz's init asks its module for, each by a function.
const constants = `
AGRAPH AGNODE AGOUTEDGE AGINEDGE AGEDGE AGWARN AGERR AGMAX AGPREV FT_NULL FT_BMP FT_GIF FT_PNG FT_JPEG FT_PDF FT_PS FT_EPS FT_SVG FT_XML FT_RIFF
FT_WEBP FT_ICO FT_TIFF ROOTGRAPH_OBJTYPE CLUSTER_OBJTYPE NODE_OBJTYPE EDGE_OBJTYPE MAP_RECTANGLE MAP_CIRCLE MAP_POLYGON EMIT_GDRAW EMIT_CDRAW
EMIT_TDRAW EMIT_HDRAW EMIT_GLABEL EMIT_CLABEL EMIT_TLABEL EMIT_HLABEL EMIT_NDRAW EMIT_EDRAW EMIT_NLABEL EMIT_ELABEL EMIT_SORTED EMIT_COLORS
EMIT_CLUSTERS_LAST EMIT_PREORDER EMIT_EDGE_SORTED GVDEVICE_DOES_PAGES GVDEVICE_DOES_LAYERS GVDEVICE_EVENTS GVDEVICE_DOES_TRUECOLOR
GVDEVICE_BINARY_FORMAT GVDEVICE_COMPRESSED_FORMAT GVDEVICE_NO_WRITER GVRENDER_Y_GOES_DOWN GVRENDER_DOES_TRANSFORM GVRENDER_DOES_LABELS
GVRENDER_DOES_MAPS GVRENDER_DOES_MAP_RECTANGLE GVRENDER_DOES_MAP_CIRCLE GVRENDER_DOES_MAP_POLYGON GVRENDER_DOES_MAP_ELLIPSE GVRENDER_DOES_MAP_BSPLINE
GVRENDER_DOES_TOOLTIPS GVRENDER_DOES_TARGETS GVRENDER_DOES_Z GVRENDER_NO_WHITE_BG LAYOUT_NOT_REQUIRED OUTPUT_NOT_REQUIRED PEN_NONE PEN_DASHED
PEN_DOTTED PEN_SOLID FILL_NONE FILL_SOLID FILL_LINEAR FILL_RADIAL FONT_REGULAR FONT_BOLD FONT_ITALIC LABEL_PLAIN LABEL_HTML HSVA_DOUBLE RGBA_BYTE
RGBA_WORD RGBA_DOUBLE COLOR_STRING COLOR_INDEX API_render API_layout API_textlayout API_device API_loadimage
`

// standIn is a module of WebAssembly that has the functions that the inits of go-graphviz call, which give 8 or take
// what they are given, and nothing else. It compiles in no time, where the real one takes 60 ms to load even when
// it is compiled already.
func standIn() []byte {
	const (
		i32      = 0x7F
		give     = 0 // () -> i32
		alloc    = 1 // (i32) -> i32
		take     = 2 // (i32) -> ()
		take2    = 3 // (i32, i32) -> ()
		function = 0x00
		memory   = 0x02
	)
	exports := [][]byte{
		export("memory", memory, 0), export("malloc", function, alloc), export("free", function, take),
		export("wasm_bridge_setError", function, take2), export("wasm_bridge_new_GraphDescriptor", function, give),
	}
	for _, field := range []string{"directed", "strict", "maingraph"} {
		exports = append(exports, export("wasm_bridge_set_GraphDescriptor_"+field, function, take2))
	}
	for _, name := range strings.Fields(constants) {
		exports = append(exports, export("wasm_bridge_get_"+name, function, give))
	}
	m := []byte("\x00asm\x01\x00\x00\x00")
	m = section(m, 1, []byte{0x60, 0, 1, i32}, []byte{0x60, 1, i32, 1, i32}, []byte{0x60, 1, i32, 0}, []byte{0x60, 2, i32, i32, 0})
	m = section(m, 3, []byte{give}, []byte{alloc}, []byte{take}, []byte{take2}) // functions, numbered as their types
	m = section(m, 5, []byte{0, 1})                                             // a memory of one page
	m = section(m, 7, exports...)
	eight, nothing := []byte{4, 0, 0x41, 8, 0x0B}, []byte{2, 0, 0x0B}
	return section(m, 10, eight, eight, nothing, nothing)
}

// section adds a section of so many items.
func section(m []byte, id byte, items ...[]byte) []byte {
	body := binary.AppendUvarint(nil, uint64(len(items)))
	for _, item := range items {
		body = append(body, item...)
	}
	m = binary.AppendUvarint(append(m, id), uint64(len(body)))
	return append(m, body...)
}

func export(name string, kind, index byte) []byte {
	b := binary.AppendUvarint(nil, uint64(len(name)))
	return append(append(b, name...), kind, index)
}
