package io.github.smsdispatch.memory;

import io.github.smsdispatch.AttemptId;
import io.github.smsdispatch.Message;
import io.github.smsdispatch.MessageEvent;
import io.github.smsdispatch.MessageId;
import io.github.smsdispatch.MessageState;
import io.github.smsdispatch.MessageStatus;
import io.github.smsdispatch.PhoneNumber;
import io.github.smsdispatch.ProviderAccount;
import io.github.smsdispatch.RunState;
import io.github.smsdispatch.StateCount;
import io.github.smsdispatch.store.ConsentWord;
import io.github.smsdispatch.store.EnqueueResult;
import io.github.smsdispatch.store.PastAttempt;
import io.github.smsdispatch.store.rules.AttemptRecord;
import io.github.smsdispatch.store.rules.KeptEvent;
import io.github.smsdispatch.store.rules.MessageRecord;
import io.github.smsdispatch.store.rules.Origin;
import io.github.smsdispatch.store.rules.ProviderId;
import io.github.smsdispatch.store.rules.Records;
import io.github.smsdispatch.store.rules.Round;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What the in-memory store keeps. Not thread-safe. */
final class MemoryTables {
    private record Key(String tenant, String value) {}

    /** A person's word that was obeyed. */
    private record Heard(ProviderAccount account, String eventId) {}

    private record Group(MessageState state, @Nullable ProviderAccount account) {}

    private final Records records = new Records();
    private final Agenda agenda = new Agenda();
    private final Inbox inbox = new Inbox();
    private final Map<MessageId, Message> messages = new HashMap<>();
    private final Map<MessageId, MessageRecord> open = new LinkedHashMap<>();
    private final Map<Key, MessageId> keys = new HashMap<>();
    private final Map<MessageId, List<MessageEvent>> histories = new HashMap<>();
    private final Map<Key, Origin> suppressed = new HashMap<>();
    private final Set<Heard> heard = new HashSet<>();
    private final Map<ProviderAccount, RunState> runStates = new HashMap<>();

    Records records() {
        return records;
    }

    Inbox inbox() {
        return inbox;
    }

    Map<ProviderAccount, RunState> runStates() {
        return runStates;
    }

    /** Keeps what a round has changed. */
    void keep(Round round) {
        for (MessageRecord message : round.touched()) {
            agenda.update(message);
            message.keep();
            if (message.state().isFinal()) {
                open.remove(message.id());
            } else {
                open.put(message.id(), message);
            }
        }
        for (KeptEvent kept : round.events()) {
            histories
                    .computeIfAbsent(kept.message().id(), key -> new ArrayList<>())
                    .add(kept.event());
        }
        round.optedOut().forEach(this::suppressRecipientOf);
    }

    List<EnqueueResult> enqueue(List<Message> batch, Round round) {
        var results = new ArrayList<EnqueueResult>(batch.size());
        for (Message message : batch) {
            String key = message.idempotencyKey();
            MessageId earlier = messages.containsKey(message.id())
                    ? message.id()
                    : key == null ? null : keys.get(new Key(message.tenant(), key));
            if (earlier == null) {
                round.admit(message);
                messages.put(message.id(), message);
                if (key != null) {
                    keys.put(new Key(message.tenant(), key), message.id());
                }
            }
            results.add(new EnqueueResult(earlier == null ? message.id() : earlier, earlier == null));
        }
        return results;
    }

    Collection<MessageRecord> openMessages() {
        return open.values();
    }

    /** Lazy: to be collected before any of them is changed. */
    Stream<MessageRecord> due(Object queue, Instant now) {
        return known(agenda.due(queue, now));
    }

    Stream<MessageRecord> known(Stream<MessageId> ids) {
        return ids.map(records::message).filter(Objects::nonNull);
    }

    Message body(MessageRecord record) {
        return body(record.id());
    }

    boolean isSuppressed(MessageRecord record) {
        return suppressed.containsKey(
                new Key(record.tenant(), body(record).recipient().e164()));
    }

    Set<String> knownIds(ProviderAccount account, Collection<String> ids) {
        return ids.stream()
                .filter(id -> records.holder(new ProviderId(account, id)) != null)
                .collect(Collectors.toSet());
    }

    void suppress(String tenant, PhoneNumber recipient) {
        suppressed.put(new Key(tenant, recipient.e164()), Origin.OPERATOR);
    }

    void unsuppress(String tenant, PhoneNumber recipient) {
        suppressed.remove(new Key(tenant, recipient.e164()));
    }

    boolean consent(ConsentWord word) {
        String id = word.eventId();
        if (word.mayBeAnOldStart() || (id != null && !heard.add(new Heard(word.account(), id)))) {
            return false;
        }
        for (String tenant : word.tenants()) {
            switch (word.consent()) {
                case WITHDRAWN -> optOut(tenant, word.recipient());
                case GIVEN -> suppressed.remove(new Key(tenant, word.recipient().e164()), Origin.RECIPIENT);
            }
        }
        return true;
    }

    private void suppressRecipientOf(MessageId id) {
        Message message = body(id);
        optOut(message.tenant(), message.recipient());
    }

    private void optOut(String tenant, PhoneNumber recipient) {
        suppressed.putIfAbsent(new Key(tenant, recipient.e164()), Origin.RECIPIENT);
    }

    Optional<MessageStatus> status(MessageId id) {
        return Optional.ofNullable(records.message(id)).map(message -> message.status(latestProviderId(id)));
    }

    Optional<MessageId> idOf(String tenant, String key) {
        return Optional.ofNullable(keys.get(new Key(tenant, key)));
    }

    Optional<MessageId> messageOf(AttemptId attempt) {
        return Optional.ofNullable(records.attempt(attempt)).map(AttemptRecord::message);
    }

    List<MessageEvent> history(MessageId id) {
        return List.copyOf(histories.getOrDefault(id, List.of()));
    }

    List<PastAttempt> past(MessageId id) {
        return records.attemptsOf(id).stream().map(AttemptRecord::past).toList();
    }

    List<StateCount> counts() {
        var grouped = records.messages().stream()
                .collect(Collectors.groupingBy(
                        message -> new Group(message.state(), message.standing().account()),
                        Collectors.summarizingInt(message -> message.standing().segments())));
        return grouped.entrySet().stream()
                .map(entry -> new StateCount(
                        entry.getKey().state(),
                        entry.getKey().account(),
                        entry.getValue().getCount(),
                        entry.getValue().getSum()))
                .toList();
    }

    Optional<Instant> nextWorkAt() {
        return agenda.first();
    }

    private @Nullable String latestProviderId(MessageId id) {
        return records.attemptsOf(id).stream()
                .flatMap(attempt -> attempt.providerMessageIds().stream().limit(1))
                .reduce((earlier, later) -> later)
                .orElse(null);
    }

    private Message body(MessageId id) {
        return Objects.requireNonNull(messages.get(id), "a record without its message");
    }
}
