package model

// A DataClassFile is data-classes.yaml: every kind of data that leaves the hands of those it is about.
type DataClassFile struct {
	// the kinds of data, by their dotted ids: customer.content.prompt is part of customer.content
	Classes []*DataClass `yaml:"classes,keyed" need:"" ids:"name"`
}

// An EvidenceFile is evidence.yaml: what is on file.
type EvidenceFile struct {
	Evidence []*Evidence `yaml:"evidence,keyed" need:"" ids:"name"` // what is on file, by its id
}

// A ModelFile is models.yaml: the models that may be called.
type ModelFile struct {
	Models []*Model      `yaml:"models,keyed" ids:"name"` // the models of vendors that are approved, by their ids
	Tuned  []*TunedModel `yaml:"tuned,keyed" ids:"name"`  // the models that were trained further on data of one's own, by their ids
}

// A ControlFile is controls.yaml: what is done, how often, and the proof of the last time.
type ControlFile struct {
	Controls []*Control `yaml:"controls,keyed" need:"" ids:"page"` // what is done again and again, by its id
}

// A CertificationFile is certifications.yaml: what others have looked at, and the true state of each.
type CertificationFile struct {
	Certifications []*Certification `yaml:"certifications,keyed" need:"" ids:"page"` // reports, certificates and tests, by their ids
}

// A DocumentFile is documents.yaml: what readers may have, and how they get it.
type DocumentFile struct {
	Documents []*Document `yaml:"documents,keyed" need:"" ids:"page"` // reports and papers, by their ids
}
