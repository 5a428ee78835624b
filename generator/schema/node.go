package schema

import (
	"bytes"
	"encoding/json"
)

// A node is a JSON Schema, in the words that are used here and in the order in which they are written.
type node struct {
	Schema      string   `json:"$schema,omitempty"`
	Title       string   `json:"title,omitempty"`
	Description string   `json:"description,omitempty"`
	Type        types    `json:"type,omitempty"`
	Message     string   `json:"errorMessage,omitempty"` // what to write instead, for the language server
	Default     string   `json:"default,omitempty"`
	Examples    []string `json:"examples,omitempty"`
	AnyOf       []*node  `json:"anyOf,omitempty"`

	Enum      []string `json:"enum,omitempty"`
	EnumWords []string `json:"markdownEnumDescriptions,omitempty"` // what each word means, for the language server

	Minimum        *int   `json:"minimum,omitempty"`
	Maximum        *int   `json:"maximum,omitempty"`
	MaxLength      int    `json:"maxLength,omitempty"`
	Format         string `json:"format,omitempty"`
	Pattern        string `json:"pattern,omitempty"`
	PatternMessage string `json:"patternErrorMessage,omitempty"` // the same when the pattern alone does not match

	Items    *node `json:"items,omitempty"`
	MaxItems int   `json:"maxItems,omitempty"`

	Properties        ordered[*node] `json:"properties,omitempty"`
	PatternProperties ordered[*node] `json:"patternProperties,omitempty"`
	PropertyNames     *node          `json:"propertyNames,omitempty"`
	Additional        any            `json:"additionalProperties,omitempty"` // false, or a *node
	Required          []string       `json:"required,omitempty"`
	If                *node          `json:"if,omitempty"`
	Else              *node          `json:"else,omitempty"`
}

// types are the types that a value may have: one is written alone, several as a list.
type types []string

// MarshalJSON writes one type as a string.
func (t types) MarshalJSON() ([]byte, error) {
	if len(t) == 1 {
		return json.Marshal(t[0])
	}
	return json.Marshal([]string(t))
}

// ordered is a JSON object whose keys stay in their order.
type ordered[T any] []entry[T]

type entry[T any] struct {
	key   string
	value T
}

// MarshalJSON writes the keys in their order.
func (o ordered[T]) MarshalJSON() ([]byte, error) {
	var out bytes.Buffer
	out.WriteByte('{')
	for i, e := range o {
		if i > 0 {
			out.WriteByte(',')
		}
		for _, part := range []any{e.key, e.value} {
			data, err := encode(part)
			if err != nil {
				return nil, err
			}
			out.Write(bytes.TrimSpace(data))
			out.WriteByte(':')
		}
		out.Truncate(out.Len() - 1)
	}
	out.WriteByte('}')
	return out.Bytes(), nil
}
