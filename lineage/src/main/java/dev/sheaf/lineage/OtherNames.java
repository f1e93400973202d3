package dev.sheaf.lineage;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;

/// Which datasets are the same under several names. What each source says of each dataset is an
/// undirected edge; whatever hangs together is one dataset. For one thread that changes it.
final class OtherNames {
    private record Said(String source, int dataset) {}

    private final Map<Said, int[]> said = new HashMap<>();
    private final Map<Integer, IntList> edges = new HashMap<>();
    private final Map<Integer, int[]> groups = new HashMap<>();

    void put(String source, int dataset, int[] names) {
        Said key = new Said(source, dataset);
        int[] before = said.getOrDefault(key, new int[0]);
        TreeSet<Integer> touched = new TreeSet<>();
        touched.add(dataset);
        for (int name : before) {
            edges.getOrDefault(dataset, new IntList()).remove(name);
            edges.getOrDefault(name, new IntList()).remove(dataset);
            touched.add(name);
        }
        for (int member : members(dataset)) {
            touched.add(member);
        }
        for (int name : names) {
            edges.computeIfAbsent(dataset, any -> new IntList()).add(name);
            edges.computeIfAbsent(name, any -> new IntList()).add(dataset);
            touched.add(name);
        }
        if (names.length == 0) {
            said.remove(key);
        } else {
            said.put(key, names);
        }
        touched.forEach(groups::remove);
        touched.forEach(this::group);
    }

    /// Walks over what hangs together with a dataset, and remembers it.
    private void group(int dataset) {
        if (groups.containsKey(dataset)) {
            return;
        }
        TreeSet<Integer> members = new TreeSet<>();
        IntList left = new IntList();
        left.add(dataset);
        for (int index = 0; index < left.size(); index++) {
            int member = left.get(index);
            if (members.add(member)) {
                IntList next = edges.getOrDefault(member, IntList.NONE);
                for (int place = 0; place < next.size(); place++) {
                    left.add(next.get(place));
                }
            }
        }
        if (members.size() == 1) {
            groups.remove(dataset);
            return;
        }
        int[] all = members.stream().mapToInt(Integer::intValue).toArray();
        members.forEach(member -> groups.put(member, all));
    }

    /// The dataset and all others that are the same.
    int[] members(int dataset) {
        int[] group = groups.get(dataset);
        return group == null ? new int[] {dataset} : group;
    }
}
