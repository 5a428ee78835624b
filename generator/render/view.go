package render

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"reflect"
)

// writeView writes a view so that two of one type give the same bytes only if a template makes the same of them: every field, every element
// and every nil, each with its length.
func writeView(out *bytes.Buffer, view any) { writeValue(out, reflect.ValueOf(view)) }

func writeValue(out *bytes.Buffer, v reflect.Value) {
	switch v.Kind() {
	case reflect.String:
		s := v.String()
		writeNumber(out, uint64(len(s)))
		out.WriteString(s)
	case reflect.Bool:
		if v.Bool() {
			out.WriteByte(1)
		} else {
			out.WriteByte(0)
		}
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		writeNumber(out, uint64(v.Int()))
	case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64:
		writeNumber(out, v.Uint())
	case reflect.Pointer:
		if v.IsNil() {
			out.WriteByte(0)
			return
		}
		out.WriteByte(1)
		writeValue(out, v.Elem())
	case reflect.Slice, reflect.Array:
		if v.Kind() == reflect.Slice && v.Type().Elem().Kind() == reflect.Uint8 {
			writeNumber(out, uint64(v.Len()))
			out.Write(v.Bytes())
			return
		}
		writeNumber(out, uint64(v.Len()))
		for i := range v.Len() {
			writeValue(out, v.Index(i))
		}
	case reflect.Struct:
		for i := range v.NumField() {
			writeValue(out, v.Field(i))
		}
	default: // a view that could not be told from another would be a page that is never made again
		panic(fmt.Sprintf("render: a view holds a %s, which has no order of its own", v.Type()))
	}
}

func writeNumber(out *bytes.Buffer, n uint64) {
	var b [binary.MaxVarintLen64]byte
	out.Write(b[:binary.PutUvarint(b[:], n)])
}
