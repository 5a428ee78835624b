package disclosure

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"reflect"
	"strconv"
	"strings"
	"unicode/utf8"
)

// MaxSize is the most bytes of a document that Read takes: some twenty times what a site with a thousand vendors has.
const MaxSize = 64 << 20

// maxDepth is how deep the values of a document may be nested; those of this package are nested eight deep.
const maxDepth = 64

// Read reads a document as JSON wrote it. What comes in may be anything: it is refused when it is too large or nested too deep, no JSON, another program's
// file, or of another version of the format. Keys that are not known are passed over, since later programs of the same version add some.
func Read(data []byte) (*Document, error) {
	data = bytes.TrimPrefix(data, []byte("\ufeff"))
	switch trimmed := bytes.TrimSpace(data); {
	case len(data) > MaxSize:
		return nil, fmt.Errorf("it is larger than %d MB, which no %s is", MaxSize>>20, Name)
	case len(trimmed) == 0:
		return nil, errors.New("it is empty")
	case trimmed[0] == '<':
		return nil, errors.New("it is a web page, not JSON")
	case !utf8.Valid(data):
		return nil, errors.New("it is not UTF-8")
	}
	if err := shallow(data); err != nil {
		return nil, err
	}
	var head struct {
		Version json.RawMessage `json:"version"`
		Site    *struct {
			BaseURL *string `json:"base_url"`
			Company *string `json:"company"`
		} `json:"site"`
	}
	if err := json.Unmarshal(data, &head); err != nil || head.Site == nil || head.Site.BaseURL == nil || head.Site.Company == nil || head.Version == nil {
		return nil, fmt.Errorf(`it is JSON, but no %s: "version" and "site" with "company" and "base_url" are missing`, Name)
	}
	if string(head.Version) != fmt.Sprint(Version) {
		return nil, fmt.Errorf("it has version %s of the format, and this program knows version %d", shortened(head.Version), Version)
	}
	d := &Document{}
	if err := json.Unmarshal(data, d); err != nil {
		var typed *json.UnmarshalTypeError
		if errors.As(err, &typed) {
			return nil, fmt.Errorf("%q in it is a %s, which it never is in %s", typed.Field, typed.Value, Name)
		}
		return nil, fmt.Errorf("it cannot be read: %w", err)
	}
	if err := daysOf(reflect.ValueOf(d).Elem(), ""); err != nil {
		return nil, err
	}
	for i, e := range d.Changes {
		if e.ID == "" || e.Day == "" || e.Updated == "" {
			return nil, fmt.Errorf(`"changes[%d]" in it lacks an id, a day, or the day on which it was updated`, i)
		}
	}
	return d, nil
}

// daysOf looks for a day that is none: entries are sorted and dated by them.
func daysOf(v reflect.Value, path string) error {
	switch v.Kind() {
	case reflect.String:
		if d, ok := v.Interface().(Day); ok && d != "" && d.Time() == 0 {
			return fmt.Errorf("%q in it is %s, which is no date", path, strconv.Quote(shortened([]byte(d))))
		}
	case reflect.Pointer:
		if !v.IsNil() {
			return daysOf(v.Elem(), path)
		}
	case reflect.Slice:
		if v.Type().Elem().Kind() != reflect.Struct {
			return nil
		}
		for i := range v.Len() {
			if err := daysOf(v.Index(i), path+"["+strconv.Itoa(i)+"]"); err != nil {
				return err
			}
		}
	case reflect.Struct:
		for i := range v.NumField() {
			key, _, _ := strings.Cut(v.Type().Field(i).Tag.Get("json"), ",")
			if err := daysOf(v.Field(i), strings.TrimPrefix(path+"."+key, ".")); err != nil {
				return err
			}
		}
	}
	return nil
}

// shallow tells whether data is one JSON value that is nested no deeper than a document.
func shallow(data []byte) error {
	d := json.NewDecoder(bytes.NewReader(data))
	depth := 0
	for {
		token, err := d.Token()
		switch {
		case err == io.EOF && depth == 0:
			return nil
		case err == io.EOF:
			return errors.New("it is cut off: its end is missing")
		case err != nil:
			return fmt.Errorf("it is no JSON: %w", err)
		}
		if delim, ok := token.(json.Delim); ok {
			if delim == '{' || delim == '[' {
				depth++
			} else {
				depth--
			}
			if depth > maxDepth {
				return fmt.Errorf("it is nested more than %d deep, which no %s is", maxDepth, Name)
			}
		}
	}
}

// shortened gives a value as a message can hold it.
func shortened(raw []byte) string {
	if len(raw) > 20 {
		return string(raw[:20]) + "..."
	}
	return string(raw)
}
