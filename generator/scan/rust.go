package scan

import "candor/generator/source"

// crates reads Cargo.toml. What a workspace lists for its members to choose from is not yet used.
func crates(f *source.File) []dependency {
	t := readTOML(f)
	if t == nil {
		return nil
	}
	all := []dependency{}
	take := func(keys ...string) {
		for _, section := range []string{"dependencies", "dev-dependencies", "build-dependencies"} {
			keys := append(keys[:len(keys):len(keys)], section)
			names := table(t.at(keys...))
			for _, key := range sorted(names) {
				name := key
				if _, local := table(names[key])["path"]; local {
					continue
				}
				if renamed, ok := table(names[key])["package"].(string); ok {
					name = renamed
				}
				all = append(all, dependency{name: name, at: func() source.Span { return t.place(key, keys...) }, dev: section != "dependencies"})
			}
		}
	}
	take()
	for _, target := range sorted(table(t.at("target"))) {
		take("target", target)
	}
	return all
}
