package main

import (
	"strings"

	"candor/generator/model"
)

// policy is a text with all that Markdown can put into a column: a table that is wider than a page, lines of code that end nowhere, words without a place to break, lists in
// lists, quotations, headings of every level with long texts, and text from right to left.
var policy = "---\ntitle: Everything that Markdown can do to a column\nsummary: " + strings.TrimSpace(hard(3, 300)) +
	"\nowner: security-lead\napproved_by: cto\napproved_on: 2026-05-04\nversion: \"1.0\"\napproval_hash: " + model.Body{Source: []byte(body)}.Hash() + "\n---\n" + body

var body = `
## Purpose

` + hard(0, 400) + ` and **` + hard(1, 200) + `** and ` + "`" + strings.Repeat("kubectl-get-pods-", 20) + "`" + ` and https://example.com/` + strings.Repeat("path/", 40) + `

## Scope

` + hard(3, 500) + `

` + hard(4, 500) + `

> ` + hard(2, 300) + `
>
> > ` + hard(1, 200) + `

## ` + hard(1, 200) + `

### ` + hard(2, 120) + `

#### ` + hard(9, 60) + `

| ` + strings.Repeat("A long column heading | ", 11) + `
|` + strings.Repeat("---|", 11) + `
| ` + strings.Repeat("text that has room for some words | ", 11) + `
| ` + strings.Repeat("Verantwortlichkeitsübertragungsnachweis | ", 11) + `
| | | | | | | | | | | |

- one
  - two
    - three
      - four
        - five ` + hard(0, 90) + `

1. ` + hard(7, 200) + `
2. ` + hard(8, 200) + `
999. a number of three digits

` + "```yaml\n" + strings.Repeat("key_that_is_long: ", 1) + strings.Repeat("value ", 80) + "\n# a comment\nlist: [1, 2, 3]\n```" + `

## Responsibilities

Term and text, ~~struck~~, *slanted*, and a [link with a long text that goes on for quite a while until it has to wrap](access-control.md).

- [ ] open
- [x] done

---

## Exceptions

None.

## Review

Once a year.
`
