package catalog

import (
	"slices"

	"candor/generator/model"
)

// quiet are the kinds of vendors to which a product sends no data of its customers by what they are for: they see the company's own code,
// its own proofs, or what it publishes.
var quiet = []string{"dev-tools", "compliance", "cms"}

// ai are the kinds of vendors that work on what models are given or give.
var ai = []string{"llm-api", "ai-hosting", "ai-tools", "fine-tuning", "generative-media", "speech", "data-labeling", "vector-db", "llm-observability"}

// introduce makes each vendor known as rules see it.
func (c *Catalog) introduce() {
	entities := map[string]int{}
	for _, v := range c.Vendors {
		entities[v.LegalEntity.Value]++
	}
	for _, v := range c.Vendors {
		k := &model.KnownVendor{ID: v.ID.Value, Name: v.Name.Value, Legal: v.LegalEntity.Value, Website: v.Website.Value,
			Receives: !slices.Contains(quiet, v.Category.Value), AI: slices.Contains(ai, v.Category.Value)}
		k.Names = []string{k.ID, k.Name}
		for _, a := range v.Aliases {
			k.Names = append(k.Names, a.Value)
		}
		if k.Legal != "" && entities[k.Legal] == 1 {
			k.Names = append(k.Names, k.Legal)
		}
		v.Known = k
	}
	for _, v := range c.Vendors {
		if parent := c.Find(v.Parent.Value); parent != nil {
			v.Known.Parent = parent.Known
		}
		for _, id := range v.Compatible {
			if other := c.Find(id.Value); other != nil {
				v.Known.Compatible = append(v.Known.Compatible, other.Known)
			}
		}
	}
}
