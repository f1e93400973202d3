package dev.sheaf.contract.internal;

import dev.sheaf.contract.Standard;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/// The versions of the standards for which there is a schema.
enum SchemaVersion {
    ODCS_2_2_1(Standard.ODCS, "v2.2.1", "v2\\.2\\.1"),
    ODCS_2_2_2(Standard.ODCS, "v2.2.2", "v2\\.2\\.[02]"),
    ODCS_3_0_0(Standard.ODCS, "v3.0.0", "v3\\.0\\.0"),
    ODCS_3_0_1(Standard.ODCS, "v3.0.1", "v3\\.0\\.1"),
    ODCS_3_0_2(Standard.ODCS, "v3.0.2", "v3\\.0\\.2"),
    ODCS_3_1_0(Standard.ODCS, "v3.1.0", "v3\\.1\\.0"),
    ODCS_3_2_0(Standard.ODCS, "v3.2.0", "v3\\.2\\.\\d{1,3}"),
    ODPS_0_9_0(Standard.ODPS, "v0.9.0", "v0\\.9\\.0"),
    ODPS_1_0_0(Standard.ODPS, "v1.0.0", "v1\\.0\\.0");

    private final Standard standard;
    private final String written;
    private final String form;

    SchemaVersion(Standard standard, String written, String form) {
        this.standard = standard;
        this.written = written;
        this.form = form;
    }

    Standard standard() {
        return standard;
    }

    String written() {
        return written;
    }

    static Optional<SchemaVersion> of(Standard standard, String apiVersion) {
        return Arrays.stream(values())
                .filter(version -> version.standard == standard)
                .filter(version -> apiVersion.matches(version.form))
                .findFirst();
    }

    static String known(Standard standard) {
        return Arrays.stream(values())
                .filter(version -> version.standard == standard)
                .map(SchemaVersion::written)
                .collect(Collectors.joining(", "));
    }

    /// The version that a new document should declare.
    static String newest(Standard standard) {
        return standard == Standard.ODCS ? ODCS_3_1_0.written : ODPS_1_0_0.written;
    }
}
