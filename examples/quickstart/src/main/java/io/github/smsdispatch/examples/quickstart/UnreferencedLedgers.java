package io.github.smsdispatch.examples.quickstart;

import io.github.smsdispatch.Message;
import io.github.smsdispatch.MessageId;
import io.github.smsdispatch.MessageState;
import io.github.smsdispatch.MessageStatus;
import io.github.smsdispatch.ProviderAccount;
import io.github.smsdispatch.store.MessageStore;
import io.github.smsdispatch.testkit.carrier.Ledger;
import io.github.smsdispatch.testkit.carrier.LedgerEntry;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The part of {@link LedgerCheck} for carriers whose requests carry no reference of ours. An entry is told by the carrier's
 * id; where the answer with the id was lost, by recipient and text, which only the messages of the file have.
 */
final class UnreferencedLedgers {
    /** How a message ends whose hand-over was in doubt, and what it is until then. */
    private static final Set<MessageState> DOUBTFUL = EnumSet.of(MessageState.IN_DOUBT, MessageState.UNCONFIRMED);

    private final MessageStore store;
    private final Map<MessageId, Integer> taken;
    private final Map<Key, Group> groups = new HashMap<>();
    /** Doubtful messages by account; those of the file are taken off. The rest are of files that were sent before. */
    private final Map<ProviderAccount, Long> doubtful = new HashMap<>();

    private long lost;

    private record Key(String recipient, String textHash) {}

    private record Entry(ProviderAccount account, List<String> ids) {}

    private record Group(List<Entry> entries, List<MessageStatus> messages) {}

    /** @param taken how often each message was taken; what these carriers took is added */
    UnreferencedLedgers(MessageStore store, Map<MessageId, Integer> taken) {
        this.store = store;
        this.taken = taken;
    }

    /** Takes note of all that a carrier holds. */
    void add(ProviderAccount account, List<LedgerEntry> entries) {
        doubtful.put(
                account,
                store.counts().stream()
                        .filter(count -> account.equals(count.account()) && DOUBTFUL.contains(count.state()))
                        .mapToLong(count -> count.messages())
                        .sum());
        for (LedgerEntry entry : entries) {
            groups.computeIfAbsent(
                            new Key(entry.recipient(), entry.textHash()),
                            key -> new Group(new ArrayList<>(), new ArrayList<>()))
                    .entries()
                    .add(new Entry(account, entry.messageIds()));
        }
    }

    /** Takes note of a message of the file, once for each. */
    void add(Message message, MessageStatus status) {
        if (doubtful.isEmpty()) {
            return;
        }
        if (DOUBTFUL.contains(status.state())) {
            doubtful.computeIfPresent(status.account(), (account, messages) -> messages - 1);
        }
        Group group = groups.get(new Key(message.recipient().e164(), Ledger.textHash(message.text())));
        if (group != null) {
            group.messages().add(status);
        } else if (isSureToBeTaken(status)) {
            lost++;
        }
    }

    /**
     * Says which entry is which message's, when all is noted.
     *
     * @return how many entries are nobody's
     */
    long settle() {
        var unexplained = new HashMap<ProviderAccount, Long>();
        for (Group group : groups.values()) {
            matchIds(group);
            for (Entry entry : group.entries()) {
                if (!group.messages().isEmpty()) {
                    group.messages().stream()
                            .map(MessageStatus::id)
                            .min(Comparator.comparing(id -> taken.getOrDefault(id, 0)))
                            .ifPresent(this::take);
                } else if (store.knownIds(entry.account(), entry.ids()).isEmpty()) {
                    unexplained.merge(entry.account(), 1L, Long::sum);
                }
            }
        }
        return unexplained.entrySet().stream()
                .mapToLong(entry -> Math.max(0, entry.getValue() - doubtful.getOrDefault(entry.getKey(), 0L)))
                .sum();
    }

    /** How many messages of the file the store calls taken, and no carrier holds; known after {@link #settle}. */
    long lost() {
        return lost;
    }

    private void matchIds(Group group) {
        for (MessageStatus message : group.messages()) {
            if (isSureToBeTaken(message)) {
                if (removeEntryOf(message, group.entries())) {
                    take(message.id());
                } else {
                    lost++;
                }
            }
        }
    }

    private static boolean removeEntryOf(MessageStatus message, List<Entry> entries) {
        for (Iterator<Entry> rest = entries.iterator(); rest.hasNext(); ) {
            Entry entry = rest.next();
            if (entry.account().equals(message.account()) && entry.ids().contains(message.providerMessageId())) {
                rest.remove();
                return true;
            }
        }
        return false;
    }

    private void take(MessageId message) {
        taken.merge(message, 1, Integer::sum);
    }

    private boolean isSureToBeTaken(MessageStatus status) {
        return doubtful.containsKey(status.account())
                && (Progress.TAKEN.contains(status.state())
                        || (status.state() == MessageState.UNCONFIRMED && status.providerMessageId() != null));
    }
}
