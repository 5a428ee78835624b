package model

// A DataClassFile is data-classes.yaml: every kind of data that leaves the hands of those it is about.
type DataClassFile struct {
	Classes []*DataClass `yaml:"classes,keyed" need:"" ids:"name"`
}

// An EvidenceFile is evidence.yaml: what is on file.
type EvidenceFile struct {
	Evidence []*Evidence `yaml:"evidence,keyed" need:"" ids:"name"`
}

// A ModelFile is models.yaml: the models that may be called.
type ModelFile struct {
	Models []*Model      `yaml:"models,keyed" ids:"name"`
	Tuned  []*TunedModel `yaml:"tuned,keyed" ids:"name"`
}

// A ControlFile is controls.yaml: what is done, how often, and the proof of the last time.
type ControlFile struct {
	Controls []*Control `yaml:"controls,keyed" need:"" ids:"page"`
}

// A CertificationFile is certifications.yaml: what others have looked at, and the true state of each.
type CertificationFile struct {
	Certifications []*Certification `yaml:"certifications,keyed" need:"" ids:"page"`
}

// A DocumentFile is documents.yaml: what readers may have, and how they get it.
type DocumentFile struct {
	Documents []*Document `yaml:"documents,keyed" need:"" ids:"page"`
}
