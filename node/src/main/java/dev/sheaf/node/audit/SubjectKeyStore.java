package dev.sheaf.node.audit;

import dev.sheaf.governance.audit.SubjectKeys;
import dev.sheaf.governance.audit.SubjectPseudonym;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;
import dev.sheaf.node.audit.SubjectBucket.Named;
import dev.sheaf.node.identity.PrivateFile;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// A key for each person whose data were concerned in something that the audit log tells: their
/// pseudonyms in it are made with it. Whoever has the key finds the entries; once it is forgotten,
/// nobody can say of whom they tell, and the log itself stays as it was signed.
///
/// A subject is a text, compared letter by letter, and the same person in all context types and
/// products that know them by that text. Neither the files nor their names say who has a key:
/// subjects are found by a hash under a key of the node. A key is durable before it is used, all
/// files are for this user alone (mode 0600), and there are 4096 of them, of which the last used
/// are held in memory. For any thread.
///
/// What was forgotten is overwritten on the disk. What the disk itself keeps of it (copies on
/// write, wear levelling, backups) is not in this class's power.
public final class SubjectKeyStore {
    private static final String FOLDER = "subjects";
    private static final String INDEX_KEY = "index.key";
    private static final String ALGORITHM = "HmacSHA256";
    private static final int BUCKET_HEX_DIGITS = 3;
    private static final int BUCKETS_HELD_MAX = 512;

    private final Path folder;
    private final SecretKeySpec indexKey;
    private final SecureRandom random;
    private final Map<String, SubjectBucket> held =
            new LinkedHashMap<>(16, 0.75f, true) {
                @Override
                protected boolean removeEldestEntry(Map.Entry<String, SubjectBucket> eldest) {
                    return size() > BUCKETS_HELD_MAX;
                }
            };

    private SubjectKeyStore(Path folder, SecretKeySpec indexKey, SecureRandom random) {
        this.folder = folder;
        this.indexKey = indexKey;
        this.random = random;
    }

    /// @param keys the folder of the node's keys
    /// @throws Problem STORAGE_FAILED when it can be neither read nor written
    public static SubjectKeyStore in(Path keys, SecureRandom random) {
        Path folder = keys.resolve(FOLDER);
        try {
            String key =
                    PrivateFile.readOrMake(
                            folder.resolve(INDEX_KEY),
                            () -> HexFormat.of().formatHex(bytes(random, SubjectBucket.KEY_BYTES)));
            return new SubjectKeyStore(
                    folder,
                    new SecretKeySpec(HexFormat.of().parseHex(key.strip()), ALGORITHM),
                    random);
        } catch (IOException | IllegalArgumentException e) {
            throw failed(folder, e);
        }
    }

    private static byte[] bytes(SecureRandom random, int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    private static Problem failed(Path folder, Exception why) {
        return new Problem(
                ProblemCode.STORAGE_FAILED,
                "the keys of data subjects in " + folder + " cannot be used: " + why.getMessage(),
                why);
    }

    /// The subject's key, which is made where there is none.
    ///
    /// @throws Problem STORAGE_FAILED
    public SubjectKeys keyOf(String subject) {
        return keys(named(Set.of(subject)).getFirst());
    }

    /// For an entry that concerns these subjects; keys are made where there are none.
    ///
    /// @throws Problem STORAGE_FAILED
    public SortedSet<SubjectPseudonym> pseudonyms(Collection<String> subjects) {
        List<String> all = List.copyOf(new LinkedHashSet<>(subjects));
        List<Named> keys = named(all);
        SortedSet<SubjectPseudonym> pseudonyms = new TreeSet<>();
        for (int i = 0; i < all.size(); i++) {
            pseudonyms.add(keys(keys.get(i)).pseudonym(all.get(i)));
        }
        return pseudonyms;
    }

    /// The subject's key, if there is one: who has none is in no entry, or was forgotten.
    ///
    /// @throws Problem STORAGE_FAILED
    public synchronized Optional<SubjectKeys> find(String subject) {
        String index = index(subject);
        try {
            return bucket(index).find(index).map(SubjectKeyStore::keys);
        } catch (IOException e) {
            throw failed(folder, e);
        }
    }

    /// Destroys the subject's key: from then on no entry of before can be found by the subject or
    /// shown to be about them. What happens later gets a new key.
    ///
    /// @return whether there was one
    /// @throws Problem STORAGE_FAILED; the key may then be there still
    public synchronized boolean forget(String subject) {
        String index = index(subject);
        try {
            return bucket(index).remove(index);
        } catch (IOException e) {
            held.remove(bucketName(index));
            throw failed(folder, e);
        }
    }

    /// In the order of the subjects; new ones are durable.
    private synchronized List<Named> named(Collection<String> subjects) {
        List<String> indexes = subjects.stream().map(this::index).toList();
        try {
            Map<String, List<Named>> missing = new TreeMap<>();
            for (String index : indexes) {
                if (bucket(index).find(index).isEmpty()) {
                    missing.computeIfAbsent(bucketName(index), name -> new ArrayList<>())
                            .add(newKey(index));
                }
            }
            for (List<Named> added : missing.values()) {
                bucket(added.getFirst().index()).add(added);
            }
            List<Named> found = new ArrayList<>();
            for (String index : indexes) {
                found.add(bucket(index).find(index).orElseThrow());
            }
            return found;
        } catch (IOException e) {
            held.clear();
            throw failed(folder, e);
        }
    }

    private Named newKey(String index) {
        return new Named(
                index,
                HexFormat.of().formatHex(bytes(random, SubjectBucket.NAME_BYTES)),
                bytes(random, SubjectBucket.KEY_BYTES));
    }

    private static SubjectKeys keys(Named key) {
        return new SubjectKeys(key.name(), Map.of(key.name(), key.key()));
    }

    private SubjectBucket bucket(String index) throws IOException {
        String name = bucketName(index);
        SubjectBucket bucket = held.get(name);
        if (bucket == null) {
            Files.createDirectories(folder, PrivateFile.FOLDER_MODE);
            bucket = SubjectBucket.read(folder.resolve(name));
            held.put(name, bucket);
        }
        return bucket;
    }

    private static String bucketName(String index) {
        return index.substring(0, BUCKET_HEX_DIGITS) + ".keys";
    }

    private String index(String subject) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(indexKey);
            byte[] hash = mac.doFinal(subject.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, SubjectBucket.INDEX_BYTES);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has HMAC-SHA-256", e);
        }
    }
}
