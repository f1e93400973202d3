package dev.sheaf.rego.bundle;

import dev.sheaf.rego.syntax.Module;
import dev.sheaf.rego.syntax.RegoVersion;
import dev.sheaf.rego.value.JsonValues;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Makes the files of an archive of a bundle, in the order of their names.
final class BundleWriter {
    private static final Comparator<BundleFile> BY_NAME = Comparator.comparing(BundleFile::name);

    private BundleWriter() {}

    static List<BundleFile> files(Bundle bundle) {
        List<BundleFile> files = new ArrayList<>();
        Manifest manifest = withVersions(bundle);
        if (!manifest.equals(Manifest.EMPTY)) {
            files.add(ManifestJson.write(manifest));
        }
        files.add(BundleFile.ofText(BundleFile.DATA, JsonValues.text(bundle.data())));
        for (Module module : bundle.modules()) {
            files.add(BundleFile.ofText(module.file(), module.text()));
        }
        files.sort(BY_NAME);
        return files;
    }

    static List<BundleFile> signedFiles(Bundle bundle, Signing signing) {
        List<BundleFile> files = new ArrayList<>(files(bundle));
        files.add(signing.sign(files));
        files.sort(BY_NAME);
        return files;
    }

    /// Names the policies whose dialect could not be told otherwise.
    private static Manifest withVersions(Bundle bundle) {
        Manifest manifest = bundle.manifest();
        Map<String, RegoVersion> versions = new TreeMap<>(manifest.fileRegoVersions());
        for (Module module : bundle.modules()) {
            if (manifest.versionOf(module.file(), RegoVersion.V1) != module.version()) {
                versions.put("/" + module.file(), module.version());
            }
        }
        return manifest.withFileRegoVersions(versions);
    }
}
