package dev.sheaf.node.identity;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/// Whose data a request has touched so far. As long as it is bound to the request's thread, every
/// line that [Audit] records tells about them. For any thread.
public final class Concerned {
    /// So many persons a line names; of more, it only says that there were.
    public static final int SUBJECTS_MAX = 1000;

    /// Of the request that the thread works on.
    public static final ScopedValue<Concerned> OF_REQUEST = ScopedValue.newInstance();

    private final Set<String> subjects = new LinkedHashSet<>();
    private final SortedSet<String> places = new TreeSet<>();
    private boolean hasMore;
    private int told;

    /// @return whether nothing was told about the person yet
    public synchronized boolean add(String subject) {
        if (subjects.contains(subject)) {
            return false;
        }
        if (subjects.size() == SUBJECTS_MAX) {
            hasMore = true;
            return false;
        }
        return subjects.add(subject);
    }

    /// Notes a context type whose documents were touched, for requests that do not name one.
    public synchronized void addPlace(String type) {
        places.add(type);
    }

    /// In the order of their names.
    public synchronized List<String> places() {
        return List.copyOf(places);
    }

    /// Notes that there are persons who were not looked up.
    public synchronized void addMore() {
        hasMore = true;
    }

    /// Whether there are persons whom no line names yet.
    public synchronized boolean isUntold() {
        return told < subjects.size() || (hasMore && told == 0);
    }

    /// Whether more were touched than are named.
    public synchronized boolean hasMore() {
        return hasMore;
    }

    /// All of them, for a line that is about to be recorded.
    synchronized List<String> tell() {
        told = subjects.size();
        return new ArrayList<>(subjects);
    }
}
