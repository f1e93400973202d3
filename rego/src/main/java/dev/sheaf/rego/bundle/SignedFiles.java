package dev.sheaf.rego.bundle;

import dev.sheaf.kernel.Problem;
import dev.sheaf.rego.value.ArrayValue;
import dev.sheaf.rego.value.ObjectValue;
import dev.sheaf.rego.value.StringValue;
import dev.sheaf.rego.value.Value;

import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/// The files that a signature is for.
///
/// Source: OPA's documentation of the signature format, `files`.
record SignedFiles(Map<String, Entry> byName) {
    /// @param hash in hexadecimal
    record Entry(String hash, String algorithm) {}

    /// @throws Problem UNAUTHENTICATED when the payload lists no files, or one twice
    static SignedFiles read(ObjectValue payload) {
        if (!(payload.get("files") instanceof ArrayValue files)) {
            throw Faults.untrusted("malformed", "its payload has no list \"files\"");
        }
        Map<String, Entry> byName = new TreeMap<>();
        for (Value file : files.items()) {
            ObjectValue fields = file instanceof ObjectValue object ? object : ObjectValue.EMPTY;
            String name = Token.text(fields, "name");
            String algorithm = Token.text(fields, "algorithm");
            if (!FileDigest.isKnown(algorithm)) {
                throw Faults.untrustedFile(
                        "algorithm",
                        name,
                        "is signed by its digest \""
                                + algorithm
                                + "\"; allowed are "
                                + FileDigest.names());
            }
            String hash = Token.text(fields, "hash").toLowerCase(Locale.ROOT);
            String path = name.startsWith("/") ? name.substring(1) : name;
            if (byName.put(path, new Entry(hash, algorithm)) != null) {
                throw Faults.untrustedFile("malformed", path, "is listed twice");
            }
        }
        return new SignedFiles(byName);
    }

    /// @throws Problem UNAUTHENTICATED when a file was changed, added or removed
    void requireSame(List<BundleFile> files) {
        Map<String, Entry> missing = new TreeMap<>(byName);
        for (BundleFile file : files) {
            if (file.name().equals(BundleFile.SIGNATURES)) {
                continue;
            }
            Entry entry = missing.remove(file.name());
            if (entry == null) {
                throw Faults.untrustedFile(
                        "added", file.name(), "is not among the files that were signed");
            }
            String hash = FileDigest.of(file, entry.algorithm());
            if (!MessageDigest.isEqual(Token.utf8(hash), Token.utf8(entry.hash()))) {
                throw Faults.untrustedFile(
                        "changed",
                        file.name(),
                        "has the digest " + hash + ", and was signed with " + entry.hash());
            }
        }
        missing.keySet().stream()
                .findFirst()
                .ifPresent(name -> {
                    throw Faults.untrustedFile("removed", name, "was signed and is not there");
                });
    }

    /// The list for a payload, in the order of the files.
    static ArrayValue write(List<BundleFile> files) {
        List<Value> entries = new ArrayList<>();
        for (BundleFile file : files) {
            ObjectValue.Builder entry = new ObjectValue.Builder();
            entry.put("name", StringValue.of(file.name()));
            entry.put("hash", StringValue.of(FileDigest.of(file, FileDigest.USUAL)));
            entry.put("algorithm", StringValue.of(FileDigest.USUAL));
            entries.add(entry.build());
        }
        return ArrayValue.of(entries);
    }
}
