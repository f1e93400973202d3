package dev.sheaf.kernel;

/// A domain's name: lower-case letters, digits and hyphens, beginning with a letter, at most 63.
///
/// The form is that of a DNS label, so a name is safe in a path, a URL and an object-store key.
public record DomainName(String value) implements Comparable<DomainName> {
    public DomainName {
        Names.check("domain name", value);
    }

    @Override
    public int compareTo(DomainName other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
