package dev.sheaf.kernel;

import java.util.regex.Pattern;

/// A region of the mesh, `cloud/location`, for example `aws/us-east-1` or `azure/westeurope`.
public record RegionName(String cloud, String location) implements Comparable<RegionName> {
    private static final Pattern PART = Pattern.compile("[a-z][a-z0-9-]{0,62}");

    public RegionName {
        if (!PART.matcher(cloud).matches() || !PART.matcher(location).matches()) {
            throw new Problem(
                    ProblemCode.INVALID_VALUE,
                    "'"
                            + Names.shown(cloud + "/" + location)
                            + "' is not a region: write cloud/location in lower-case letters,"
                            + " digits and hyphens, for example aws/us-east-1");
        }
    }

    /// Reads `cloud/location`.
    ///
    /// @throws Problem with INVALID_VALUE when the text has another form
    public static RegionName parse(String text) {
        int slash = text.indexOf('/');
        return slash < 0
                ? new RegionName(text, "")
                : new RegionName(text.substring(0, slash), text.substring(slash + 1));
    }

    /// The order of the names as they are written, without writing them: it is asked often.
    @Override
    public int compareTo(RegionName other) {
        if (cloud.equals(other.cloud)) {
            return location.compareTo(other.location);
        }
        if (other.cloud.startsWith(cloud)) {
            return Character.compare('/', other.cloud.charAt(cloud.length()));
        }
        if (cloud.startsWith(other.cloud)) {
            return Character.compare(cloud.charAt(other.cloud.length()), '/');
        }
        return cloud.compareTo(other.cloud);
    }

    @Override
    public String toString() {
        return cloud + "/" + location;
    }
}
