package theme

import (
	"fmt"
	"reflect"
	"strings"
	"text/template/parse"
)

// Check holds the template called name against the struct that it will get: every field that it or a part of it names must be there. View is
// a value of that struct; its content does not matter. An error names the file and line of the template.
func (t *Theme) Check(name string, view any) []error {
	p := t.pages[name]
	if p == nil {
		return []error{fmt.Errorf("theme has no %s/page.html", name)}
	}
	c := &checker{page: p, seen: map[visit]bool{}}
	c.call(nil, nil, layout, reflect.TypeOf(view))
	return c.errs
}

// visit is a template that was checked for a type, so that parts that call themselves come to an end.
type visit struct {
	name string
	dot  reflect.Type
}

type checker struct {
	page *page
	seen map[visit]bool
	errs []error
}

// scope is where a node stands: the tree for its place, what the dot is, and the variables. A nil type is one that cannot be told.
type scope struct {
	tree *parse.Tree
	dot  reflect.Type
	vars []variable
}

type variable struct {
	name string
	typ  reflect.Type
}

func (s *scope) with(dot reflect.Type) *scope {
	return &scope{tree: s.tree, dot: dot, vars: append([]variable(nil), s.vars...)}
}

func (s *scope) lookup(name string) reflect.Type {
	for i := len(s.vars) - 1; i >= 0; i-- {
		if s.vars[i].name == name {
			return s.vars[i].typ
		}
	}
	return nil
}

func (c *checker) fault(s *scope, n parse.Node, format string, args ...any) {
	at, _ := s.tree.ErrorContext(n)
	name, line, _ := strings.Cut(at, ":")
	if file := c.page.files[name]; file != "" {
		name = file
	}
	err := fmt.Errorf("theme: %s:%s: "+format, append([]any{name, line}, args...)...)
	for _, e := range c.errs {
		if e.Error() == err.Error() {
			return
		}
	}
	c.errs = append(c.errs, err)
}

// call checks the template called name with dot as its argument.
func (c *checker) call(from *scope, n parse.Node, name string, dot reflect.Type) {
	name, _, _ = strings.Cut(name, "$htmltemplate_") // html/template renames a part by the context that it is called in
	set := c.page.set.Lookup(name)
	if set == nil || set.Tree == nil {
		if from != nil {
			c.fault(from, n, "there is no template %q", name)
		}
		return
	}
	if v := (visit{name, dot}); !c.seen[v] {
		c.seen[v] = true
		c.list(&scope{tree: set.Tree, dot: dot, vars: []variable{{"$", dot}}}, set.Tree.Root)
	}
}

func (c *checker) list(s *scope, l *parse.ListNode) {
	if l == nil {
		return
	}
	for _, n := range l.Nodes {
		switch n := n.(type) {
		case *parse.ActionNode:
			c.pipe(s, n.Pipe)
		case *parse.IfNode:
			inner := s.with(s.dot)
			c.pipe(inner, n.Pipe)
			c.list(inner, n.List)
			c.list(inner.with(s.dot), n.ElseList)
		case *parse.WithNode:
			inner := s.with(s.dot)
			typ := c.pipe(inner, n.Pipe)
			c.list(inner.with(typ), n.List)
			c.list(inner, n.ElseList)
		case *parse.RangeNode:
			c.ranges(s, n)
		case *parse.TemplateNode:
			var typ reflect.Type
			if n.Pipe != nil {
				typ = c.pipe(s, n.Pipe)
			}
			c.call(s, n, n.Name, typ)
		}
	}
}

func (c *checker) ranges(s *scope, n *parse.RangeNode) {
	typ := c.command(s.with(s.dot), n.Pipe)
	var key, elem reflect.Type
	if typ != nil {
		switch typ.Kind() {
		case reflect.Slice, reflect.Array:
			key, elem = reflect.TypeFor[int](), typ.Elem()
		case reflect.Map:
			key, elem = typ.Key(), typ.Elem()
		case reflect.Int:
			key, elem = typ, typ
		case reflect.Interface:
		default:
			c.fault(s, n, "range over %s", typ)
		}
	}
	inner := s.with(elem)
	switch decl := n.Pipe.Decl; len(decl) {
	case 1:
		inner.vars = append(inner.vars, variable{decl[0].Ident[0], elem})
	case 2:
		inner.vars = append(inner.vars, variable{decl[0].Ident[0], key}, variable{decl[1].Ident[0], elem})
	}
	c.list(inner, n.List)
	c.list(s.with(s.dot), n.ElseList)
}

// pipe checks a pipeline, declares its variables and gives the type of its value.
func (c *checker) pipe(s *scope, p *parse.PipeNode) reflect.Type {
	typ := c.command(s, p)
	for _, v := range p.Decl {
		s.vars = append(s.vars, variable{v.Ident[0], typ})
	}
	return typ
}

func (c *checker) command(s *scope, p *parse.PipeNode) (typ reflect.Type) {
	for _, cmd := range p.Cmds {
		typ = nil
		var first reflect.Type
		for i, arg := range cmd.Args {
			t := c.value(s, arg)
			switch i {
			case 0:
				typ = t
			case 1:
				first = t
			}
		}
		if f, ok := cmd.Args[0].(*parse.IdentifierNode); ok {
			typ = result(f.Ident, first, len(cmd.Args)-1)
		}
	}
	return typ
}

// result gives the type of what a function returns, nil where that depends on more than is known here.
func result(name string, first reflect.Type, args int) reflect.Type {
	if f, ok := funcs[name]; ok {
		return reflect.TypeOf(f).Out(0)
	}
	switch name {
	case "len":
		return reflect.TypeFor[int]()
	case "eq", "ne", "lt", "le", "gt", "ge", "not":
		return reflect.TypeFor[bool]()
	case "print", "printf", "println", "urlquery":
		return reflect.TypeFor[string]()
	case "index":
		if args == 2 && first != nil && (first.Kind() == reflect.Slice || first.Kind() == reflect.Array || first.Kind() == reflect.Map) {
			return first.Elem()
		}
	case "slice":
		return first
	}
	return nil
}

func (c *checker) value(s *scope, n parse.Node) reflect.Type {
	switch n := n.(type) {
	case *parse.DotNode:
		return s.dot
	case *parse.FieldNode:
		return c.fields(s, n, s.dot, n.Ident)
	case *parse.VariableNode:
		return c.fields(s, n, s.lookup(n.Ident[0]), n.Ident[1:])
	case *parse.ChainNode:
		return c.fields(s, n, c.value(s, n.Node), n.Field)
	case *parse.PipeNode:
		return c.pipe(s, n)
	case *parse.StringNode:
		return reflect.TypeFor[string]()
	case *parse.BoolNode:
		return reflect.TypeFor[bool]()
	}
	return nil
}

func (c *checker) fields(s *scope, n parse.Node, typ reflect.Type, names []string) reflect.Type {
	for _, name := range names {
		if typ == nil || typ.Kind() == reflect.Interface {
			return nil
		}
		if m, ok := typ.MethodByName(name); ok {
			typ = m.Type.Out(0)
			continue
		}
		for typ.Kind() == reflect.Pointer {
			typ = typ.Elem()
		}
		if typ.Kind() == reflect.Map {
			typ = typ.Elem()
			continue
		}
		if typ.Kind() != reflect.Struct {
			c.fault(s, n, "%s has no fields, so no .%s", typ, name)
			return nil
		}
		f, ok := typ.FieldByName(name)
		if !ok || !f.IsExported() {
			c.fault(s, n, "%s has no field .%s", typ, name)
			return nil
		}
		typ = f.Type
	}
	return typ
}
