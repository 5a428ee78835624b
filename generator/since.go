package generator

import (
	"fmt"
	"strings"

	"candor/generator/disclosure"
)

// Foreign says that the earlier trust.json is that of another site. It is trouble of the machine's: the content is as it should be.
type Foreign struct {
	Key        string // of site.yaml: "base_url" or "company"
	Here, Said string
}

// Error says what differs.
func (f *Foreign) Error() string {
	return fmt.Sprintf("the earlier %s is that of another site: its %s is %q, and here it is %q", disclosure.Name, f.Key, f.Said, f.Here)
}

// tell gives every public fact of the content, and what changed.
func tell(in Input, content *Content, hash string) (*disclosure.Document, error) {
	if in.Since != nil {
		if err := foreign(in, content); err != nil {
			return nil, err
		}
	}
	return disclosure.Of(content.Site, in.On, disclosure.Options{BaseURL: in.BaseURL, Version: in.Version, ContentHash: hash, Since: in.Since}), nil
}

// foreign tells whether the earlier document is that of another site. A site that is built for another address, to be looked at, is the same one.
func foreign(in Input, content *Content) error {
	config, was := content.Site.Config, in.Since.Site
	here := disclosure.BaseOf(config.BaseURL.Value)
	if was.BaseURL != here && was.BaseURL != disclosure.BaseOf(in.BaseURL) {
		return &Foreign{"base_url", here, was.BaseURL}
	}
	if name := strings.Join(strings.Fields(config.Company.Name.Value), " "); was.Company != name {
		return &Foreign{"company", name, was.Company}
	}
	return nil
}
