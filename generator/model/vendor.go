package model

// VendorFacts are what is known of one vendor: an entry of the catalog that is part of the program, or vendors/*.yaml, which adds one or corrects
// some of it. They say who a vendor is and how code shows it, never what a company has agreed with it: that is a Subprocessor.
type VendorFacts struct {
	// what the vendor is called in files and references; the file's name where nothing is said
	ID Text `yaml:"id" ids:"page"`
	// what the vendor is called
	Name Text `yaml:"name"`
	// other names that it alone goes by
	Aliases []Text `yaml:"aliases"`
	// the company that contracts with customers
	LegalEntity Text `yaml:"legal_entity"`
	// the document in which that name was seen; "known" where it was seen in none
	LegalEntitySource Text `yaml:"legal_entity_source" max:"2000"`
	// where the vendor presents itself
	Website Text `yaml:"website" form:"url"`
	// what the vendor is for
	Category Text `yaml:"category" one:"llm-api|ai-hosting|ai-tools|fine-tuning|generative-media|speech|data-labeling|vector-db|llm-observability|search|database|cloud|observability|analytics|feature-flags|payments|email|messaging|support|crm|productivity|auth|background-jobs|maps|cms|dev-tools|compliance"`
	// the country of its seat: ISO 3166-1 alpha-2
	Country Text `yaml:"country" form:"country"`
	// the id of the vendor that it belongs to
	Parent Text `yaml:"parent"`
	// what became of it, where it is not what it was
	//   - acquired: it is part of another company now
	//   - discontinued: the service is gone, so nothing is sent to it
	Status Text `yaml:"status" one:"acquired|discontinued"`
	// its data processing agreement
	DPAURL Text `yaml:"dpa_url" form:"url"`
	// its own list of sub-processors
	SubprocessorsURL Text `yaml:"subprocessors_url" form:"url"`
	// its page on security
	SecurityURL Text `yaml:"security_url" form:"url"`
	// its trust center
	TrustURL Text `yaml:"trust_url" form:"url"`
	// how each of these addresses was seen
	Source VendorSources `yaml:"source"`
	// what it publishes on training and retention
	AI *PublicTerms `yaml:"ai"`
	// whether people run it on servers of their own as well
	SelfHostable Flag `yaml:"self_hostable"`
	// ids of vendors that its packages are a usual client of as well: where one of them is used, the package may be its
	Compatible []Text `yaml:"compatible"`
	// environment variables that point its client at another server
	Redirects []Text `yaml:"redirects"`
	// what shows in source code that it is in use
	Signatures Signatures `yaml:"signatures"`
	// what goes with it in source code and proves nothing
	Weak Signatures `yaml:"weak_signatures"`
	// what else is to be known of it
	Note Text `yaml:"note" max:"2000"`
}

// VendorSources say how each address of a vendor was seen.
//
// The words are: page, on a page of the vendor's own; otc and ae, by two public registers that looked; repos and repo1, in many or in a few public
// repositories.
type VendorSources struct {
	// how dpa_url was seen
	DPAURL []Text `yaml:"dpa_url" one:"page|otc|ae|repos|repo1"`
	// how subprocessors_url was seen
	SubprocessorsURL []Text `yaml:"subprocessors_url" one:"page|otc|ae|repos|repo1"`
	// how security_url was seen
	SecurityURL []Text `yaml:"security_url" one:"page|otc|ae|repos|repo1"`
	// how trust_url was seen
	TrustURL []Text `yaml:"trust_url" one:"page|otc|ae|repos|repo1"`
}

// PublicTerms are what a vendor publishes on training and retention; what holds is the agreement that a company has.
type PublicTerms struct {
	// whether it trains on data that comes by its interface, where nothing else is agreed
	//   - no: it does not
	//   - opt-out: it does unless it is told not to
	//   - unknown: nothing was found
	Trains Text `yaml:"trains_on_api_data_by_default" one:"no|opt-out|unknown"`
	// whether an agreement to keep nothing can be had
	//   - yes: it can
	//   - unknown: nothing was found
	ZeroRetention Text `yaml:"zero_retention_available" one:"yes|unknown"`
	// what it keeps, where nothing else is agreed
	Retention Text `yaml:"default_retention" max:"2000"`
	// what else it says
	Note Text `yaml:"note" max:"2000"`
	// the page that says so
	Source Text `yaml:"source" need:"" max:"2000"`
}

// Signatures are what shows a vendor in source code. "*" stands for any text.
type Signatures struct {
	// packages of npm
	NPM []Text `yaml:"npm"`
	// packages of PyPI
	PyPI []Text `yaml:"pypi"`
	// paths of Go modules; what is below them counts too
	Go []Text `yaml:"go"`
	// packages of RubyGems
	Gem []Text `yaml:"gem"`
	// crates of Rust
	Cargo []Text `yaml:"cargo"`
	// artifacts of Java, group:artifact
	Maven []Text `yaml:"maven"`
	// packages of Composer, vendor/package
	Composer []Text `yaml:"composer"`
	// names of environment variables
	Env []Text `yaml:"env"`
	// hosts, with the beginning of a path where that tells more
	Hosts []Text `yaml:"hosts"`
	// providers of Terraform, owner/name
	Terraform []Text `yaml:"terraform"`
	// files
	Files []Text `yaml:"files"`
}
