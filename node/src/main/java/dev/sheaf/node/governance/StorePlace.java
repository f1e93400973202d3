package dev.sheaf.node.governance;

import dev.sheaf.kernel.RegionName;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A store as policies are told of it.
///
/// What nobody has said of it follows from its kind: Amazon S3 encrypts every new object since
/// January 2023 (User Guide, "Protecting data with server-side encryption"), Google Cloud Storage
/// always does ("Data encryption options"), and Azure Storage's encryption cannot be switched off
/// ("Azure Storage encryption for data at rest"). Of a folder, and of a store behind an endpoint of
/// its own, nothing is known.
///
/// @param root what every location in it begins with, without `/` at its end
/// @param encryptedAtRest empty when it is not known
public record StorePlace(String root, RegionName region, Optional<Boolean> encryptedAtRest) {
    private static final String ENDPOINT = "endpoint";
    private static final String REGION = "region";

    /// @param properties of the store, as configured
    /// @param saidRegion what the configuration says of its region
    /// @param home the node's region
    /// @param saidEncrypted what the configuration says of encryption
    public static StorePlace of(
            String root,
            Map<String, String> properties,
            Optional<RegionName> saidRegion,
            RegionName home,
            Optional<Boolean> saidEncrypted) {
        boolean isCloud = !root.startsWith("file:") && !properties.containsKey(ENDPOINT);
        Optional<RegionName> known =
                root.startsWith("s3:") && isCloud
                        ? Optional.ofNullable(properties.get(REGION))
                                .map(name -> new RegionName("aws", name))
                        : Optional.empty();
        return new StorePlace(
                root,
                saidRegion.or(() -> known).orElse(home),
                saidEncrypted.or(() -> isCloud ? Optional.of(true) : Optional.empty()));
    }

    /// The store in which a location lies; of several the innermost.
    static Optional<StorePlace> of(List<StorePlace> places, String location) {
        return places.stream()
                .filter(place ->
                        location.equals(place.root()) || location.startsWith(place.root() + "/"))
                .max(Comparator.comparingInt(place -> place.root().length()));
    }
}
