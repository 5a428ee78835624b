package bucket

import (
	"context"
	"errors"
	"io/fs"
	"net/http"
	"path/filepath"
	"strings"
	"time"

	"github.com/minio/minio-go/v7/pkg/credentials"

	"candor/generator/publish"
)

// metadataPatience is how long the machine is asked for a role: where there is none, nobody answers.
const metadataPatience = time.Second

// credentials finds the keys in the usual places, in the order of AWS: the environment, an identity that the environment names, the files in ~/.aws, the container, the
// machine. A profile that is asked for goes before all. What is found first is used, and when it is wrong, that is an error rather than a reason to look further.
func (o Options) credentials(ctx context.Context, e endpoint) (*credentials.Credentials, error) {
	if o.Profile == "" {
		if keys := o.fromEnvironment(); keys != nil {
			return keys, nil
		}
		if o.Getenv("AWS_WEB_IDENTITY_TOKEN_FILE") != "" {
			return o.try(ctx, "the identity of AWS_WEB_IDENTITY_TOKEN_FILE", o.role(30*time.Second))
		}
	}
	keys, err := o.fromFiles(ctx)
	if keys != nil || err != nil {
		return keys, err
	}
	switch {
	case o.Getenv("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI") != "" || o.Getenv("AWS_CONTAINER_CREDENTIALS_FULL_URI") != "":
		return o.try(ctx, "the role of this container", o.role(5*time.Second))
	case e.isAmazon() && o.Getenv("AWS_EC2_METADATA_DISABLED") != "true":
		if keys, err := o.try(ctx, "the role of this machine", o.role(metadataPatience)); err == nil {
			return keys, nil
		}
	}
	return nil, &publish.Error{
		Kind: publish.KindCredentials, Text: "no credentials for " + e.host + ": neither in the environment nor in ~/.aws/credentials, and this machine has no role",
		Hint: "set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or name a profile with --profile",
	}
}

// fromEnvironment takes keys as AWS and MinIO name them.
func (o Options) fromEnvironment() *credentials.Credentials {
	for _, names := range [][3]string{
		{"AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN"},
		{"MINIO_ROOT_USER", "MINIO_ROOT_PASSWORD", ""},
		{"MINIO_ACCESS_KEY", "MINIO_SECRET_KEY", ""},
	} {
		id, secret, token := o.Getenv(names[0]), o.Getenv(names[1]), ""
		if id == "" || secret == "" {
			continue
		}
		if names[2] != "" {
			token = o.Getenv(names[2])
		}
		return credentials.NewStaticV4(id, secret, token)
	}
	return nil
}

// fromFiles looks for the profile in ~/.aws; nil and no error where there is none and none was asked for.
func (o Options) fromFiles(ctx context.Context) (*credentials.Credentials, error) {
	asked := first(o.Profile, o.Getenv("AWS_PROFILE"))
	profile := first(asked, "default")
	var last error
	for _, file := range []string{
		first(o.Getenv("AWS_SHARED_CREDENTIALS_FILE"), o.inHome("credentials")), first(o.Getenv("AWS_CONFIG_FILE"), o.inHome("config")),
	} {
		if file == "" {
			continue
		}
		keys, err := o.try(ctx, "the profile "+profile, &credentials.FileAWSCredentials{Filename: file, Profile: profile})
		if err == nil {
			return keys, nil
		}
		switch none := errors.Is(err, fs.ErrNotExist) || errors.Is(err, errNoKeys) || strings.Contains(err.Error(), "does not exist"); {
		case none && last == nil || errors.Is(err, errNoKeys):
			last = err
		case !none:
			return nil, err
		}
	}
	if asked == "" {
		return nil, nil
	}
	return nil, &publish.Error{Kind: publish.KindCredentials, Path: asked, Text: "is no profile with credentials in ~/.aws", Hint: "aws configure --profile " + asked, Err: last}
}

func (o Options) inHome(name string) string {
	if o.Home == "" {
		return ""
	}
	return filepath.Join(o.Home, ".aws", name)
}

// role asks the machine, the container or the identity provider, whichever the environment names.
func (o Options) role(patience time.Duration) *credentials.IAM {
	role := &credentials.IAM{Client: &http.Client{Transport: o.Transport, Timeout: patience}, Region: o.Getenv("AWS_REGION")}
	role.EKSIdentity.TokenFile = o.Getenv("AWS_WEB_IDENTITY_TOKEN_FILE")
	role.EKSIdentity.RoleARN = o.Getenv("AWS_ROLE_ARN")
	role.EKSIdentity.RoleSessionName = o.Getenv("AWS_ROLE_SESSION_NAME")
	role.Container.AuthorizationToken = o.Getenv("AWS_CONTAINER_AUTHORIZATION_TOKEN")
	role.Container.AuthorizationTokenFile = o.Getenv("AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE")
	role.Container.CredentialsRelativeURI = o.Getenv("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI")
	role.Container.CredentialsFullURI = o.Getenv("AWS_CONTAINER_CREDENTIALS_FULL_URI")
	return role
}

var errNoKeys = errors.New("it holds no keys")

// try gets keys once, so that a wrong source is told of before anything is done with the bucket.
func (o Options) try(ctx context.Context, what string, from credentials.Provider) (*credentials.Credentials, error) {
	keys := credentials.New(from)
	client := &http.Client{Transport: o.Transport, Timeout: 30 * time.Second}
	if role, ok := from.(*credentials.IAM); ok {
		client = role.Client
	}
	value, err := keys.GetWithContext(&credentials.CredContext{Client: client, Context: ctx})
	if err == nil && (value.AccessKeyID == "" || value.SecretAccessKey == "") {
		err = errNoKeys
	}
	if err != nil {
		return nil, &publish.Error{Kind: publish.KindCredentials, Text: what + " gives no credentials", Hint: "log in again, or set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY", Err: err}
	}
	return keys, nil
}
