package dev.sheaf.lake.internal.store;

/// A location in a cloud, taken apart.
///
/// @param container the bucket or container
/// @param key the object's key, never beginning with `/`
record ObjectLocation(String container, String key) {
    /// `scheme://container[@host]/key`
    static ObjectLocation of(String location) {
        int authority = location.indexOf("://") + 3;
        int path = location.indexOf('/', authority);
        String container = location.substring(authority, path);
        int host = container.indexOf('@');
        return new ObjectLocation(
                host < 0 ? container : container.substring(0, host), location.substring(path + 1));
    }
}
