package io.github.smsdispatch.testkit.carrier;

import io.github.smsdispatch.Message;
import io.github.smsdispatch.MessageId;
import io.github.smsdispatch.MessageState;
import io.github.smsdispatch.MessageStatus;
import io.github.smsdispatch.ProviderAccount;
import io.github.smsdispatch.store.MessageStore;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The part of {@link LedgerCheck} for carriers whose requests carry no reference of the sender's. An entry is told by the
 * carrier's id; where the answer with the id was lost, by recipient and text, which only the given messages have.
 */
final class UnreferencedLedgers {
    /** Wire formats that have no field for a reference. */
    private static final Set<String> WITHOUT_REFERENCE = Set.of("africastalking");

    /** How a message ends whose hand-over was in doubt, and what it is until then. */
    private static final Set<MessageState> DOUBTFUL = EnumSet.of(MessageState.IN_DOUBT, MessageState.UNCONFIRMED);

    private final MessageStore store;
    private final Map<Key, Group> groups = new HashMap<>();
    /** Doubtful messages by account; the given ones are taken off. The rest are of those that nobody gave. */
    private final Map<ProviderAccount, Long> doubtful = new HashMap<>();

    private record Key(String recipient, String textHash) {}

    private record Entry(ProviderAccount account, List<String> ids, CarrierState state) {}

    /** What has the same text for the same recipient, on both sides. */
    private record Group(List<Entry> entries, List<MessageStatus> messages) {}

    UnreferencedLedgers(MessageStore store) {
        this.store = store;
    }

    /** Whether entries of this wire format are a matter of this class. */
    static boolean holds(LedgerEntry entry) {
        return WITHOUT_REFERENCE.contains(entry.provider());
    }

    /** Whether the account's ledger is one of these. */
    boolean isOf(@Nullable ProviderAccount account) {
        return account != null && doubtful.containsKey(account);
    }

    /** Takes note of what a carrier holds. */
    void add(ProviderAccount account, LedgerEntry entry) {
        doubtful.computeIfAbsent(account, this::doubtfulOf);
        groups.computeIfAbsent(
                        new Key(entry.recipient(), entry.textHash()),
                        key -> new Group(new ArrayList<>(), new ArrayList<>()))
                .entries()
                .add(new Entry(account, entry.messageIds(), entry.state()));
    }

    private long doubtfulOf(ProviderAccount account) {
        return store.counts().stream()
                .filter(count -> account.equals(count.account()) && DOUBTFUL.contains(count.state()))
                .mapToLong(count -> count.messages())
                .sum();
    }

    /**
     * Takes note of a given message, once for each.
     *
     * @return whether an entry may be its own: what was taken of it is known after {@link #settle}
     */
    boolean add(Message message, MessageStatus status) {
        if (groups.isEmpty()) {
            return false;
        }
        if (DOUBTFUL.contains(status.state())) {
            doubtful.computeIfPresent(status.account(), (account, messages) -> messages - 1);
        }
        Group group = groups.get(new Key(message.recipient().e164(), Ledger.textHash(message.text())));
        if (group != null) {
            group.messages().add(status);
        }
        return group != null;
    }

    /**
     * Says which entry is which message's, when all is noted.
     *
     * @param taken gets each message that was taken, as often as it was
     * @param astray gets messages that were taken, but not under the id that the store has
     * @return how many entries are nobody's
     */
    long settle(BiConsumer<MessageId, CarrierState> taken, Consumer<MessageId> astray) {
        var unexplained = new HashMap<ProviderAccount, Long>();
        for (Group group : groups.values()) {
            var times = new HashMap<MessageId, Integer>();
            BiConsumer<MessageId, CarrierState> note = (message, state) -> {
                times.merge(message, 1, Integer::sum);
                taken.accept(message, state);
            };
            List<MessageId> idless = matchIds(group, note);
            for (Entry entry : group.entries()) {
                if (!group.messages().isEmpty()) {
                    note.accept(likeliest(group.messages(), times), entry.state());
                } else if (store.knownIds(entry.account(), entry.ids()).isEmpty()) {
                    unexplained.merge(entry.account(), 1L, Long::sum);
                }
            }
            idless.stream().filter(times::containsKey).forEach(astray);
        }
        return unexplained.entrySet().stream()
                .mapToLong(entry -> Math.max(0, entry.getValue() - doubtful.getOrDefault(entry.getKey(), 0L)))
                .sum();
    }

    /** Takes the entries away that ids tell; returns messages of which the store has an id that no entry has. */
    private List<MessageId> matchIds(Group group, BiConsumer<MessageId, CarrierState> taken) {
        var idless = new ArrayList<MessageId>();
        for (MessageStatus message : group.messages()) {
            if (isSureToBeTaken(message)) {
                Entry its = removeEntryOf(message, group.entries());
                if (its == null) {
                    idless.add(message.id());
                } else {
                    taken.accept(message.id(), its.state());
                }
            }
        }
        return idless;
    }

    /** Where the ids have told all they can: one that has nothing yet, and of these one that was in doubt. */
    private static MessageId likeliest(List<MessageStatus> messages, Map<MessageId, Integer> times) {
        return Collections.min(
                        messages,
                        Comparator.<MessageStatus>comparingInt(message -> times.getOrDefault(message.id(), 0))
                                .thenComparing(message -> !DOUBTFUL.contains(message.state())))
                .id();
    }

    private static @Nullable Entry removeEntryOf(MessageStatus message, List<Entry> entries) {
        for (Iterator<Entry> rest = entries.iterator(); rest.hasNext(); ) {
            Entry entry = rest.next();
            if (entry.account().equals(message.account()) && entry.ids().contains(message.providerMessageId())) {
                rest.remove();
                return entry;
            }
        }
        return null;
    }

    private boolean isSureToBeTaken(MessageStatus status) {
        return isOf(status.account()) && LedgerCheck.isSureToBeTaken(status);
    }
}
