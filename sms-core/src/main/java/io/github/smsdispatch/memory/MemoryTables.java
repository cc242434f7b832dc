package io.github.smsdispatch.memory;

import io.github.smsdispatch.AttemptId;
import io.github.smsdispatch.EventSource;
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
import io.github.smsdispatch.store.Line;
import io.github.smsdispatch.store.Outlook;
import io.github.smsdispatch.store.PastAttempt;
import io.github.smsdispatch.store.PermitRequest;
import io.github.smsdispatch.store.rules.AttemptRecord;
import io.github.smsdispatch.store.rules.KeptEvent;
import io.github.smsdispatch.store.rules.MessageRecord;
import io.github.smsdispatch.store.rules.Origin;
import io.github.smsdispatch.store.rules.Pace;
import io.github.smsdispatch.store.rules.ProviderId;
import io.github.smsdispatch.store.rules.Records;
import io.github.smsdispatch.store.rules.Retention;
import io.github.smsdispatch.store.rules.Round;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
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
    private final ClosingTimes closingTimes = new ClosingTimes();
    private final Inbox inbox = new Inbox();
    private final Finals finals = new Finals();
    private final Map<MessageId, Message> messages = new HashMap<>();
    private final Map<Key, MessageId> keys = new HashMap<>();

    /** The keys of messages that were erased. */
    private final Map<MessageId, Key> keysOfErased = new HashMap<>();

    private final Map<MessageId, List<MessageEvent>> histories = new HashMap<>();
    private final Map<Key, Origin> suppressed = new HashMap<>();
    private final Set<Heard> heard = new HashSet<>();
    private final Map<ProviderAccount, RunState> runStates = new HashMap<>();
    private final Map<ProviderAccount, Pace> paces = new HashMap<>();

    Records records() {
        return records;
    }

    Inbox inbox() {
        return inbox;
    }

    Finals finals() {
        return finals;
    }

    Map<ProviderAccount, RunState> runStates() {
        return runStates;
    }

    /** Keeps what a round has changed. */
    void keep(Round round) {
        for (MessageRecord message : round.touched()) {
            agenda.update(message);
            if (!message.state().isFinal()) {
                closingTimes.update(message, round.now());
            }
            message.keep();
            if (message.state().isFinal()) {
                if (closingTimes.remove(message.id())) {
                    finals.add(message);
                }
            }
        }
        for (KeptEvent kept : round.events()) {
            histories
                    .computeIfAbsent(kept.message().id(), key -> new ArrayList<>())
                    .add(kept.event());
        }
        round.optedOut().forEach(this::suppressRecipientOf);
    }

    List<EnqueueResult> enqueue(List<Message> batch, Map<MessageId, ProviderAccount> routes, Round round) {
        var results = new ArrayList<EnqueueResult>(batch.size());
        for (Message message : batch) {
            String key = message.idempotencyKey();
            MessageId earlier = records.message(message.id()) != null
                    ? message.id()
                    : key == null ? null : keys.get(new Key(message.tenant(), key));
            if (earlier == null) {
                round.admit(message, routes.get(message.id()));
                messages.put(message.id(), message);
                Key unique = keyOf(message);
                if (unique != null) {
                    keys.put(unique, message.id());
                }
            }
            results.add(new EnqueueResult(earlier == null ? message.id() : earlier, earlier == null));
        }
        return results;
    }

    /** Open messages whose time may be over, the longest first. */
    List<MessageRecord> ripe(Instant now, int limit) {
        return known(closingTimes.ripe(now, limit).stream()).toList();
    }

    /** Says that the time of an open message is not over before then. */
    void postpone(MessageRecord message, Instant until) {
        closingTimes.put(message.id(), until);
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

    /** Of a message that was erased nobody knows the recipient. */
    private void suppressRecipientOf(MessageId id) {
        Message message = messages.get(id);
        if (message != null) {
            optOut(message.tenant(), message.recipient());
        }
    }

    private void optOut(String tenant, PhoneNumber recipient) {
        suppressed.putIfAbsent(new Key(tenant, recipient.e164()), Origin.RECIPIENT);
    }

    Duration reserve(PermitRequest request, Instant now) {
        Pace.Reservation reservation = Pace.reserve(paces.get(request.account()), request, now);
        paces.put(request.account(), reservation.pace());
        return reservation.in();
    }

    /** Removes what became final by then; returns how many messages. */
    int purge(Instant finalUntil, int limit) {
        List<MessageId> old = finals.all(finalUntil, limit);
        for (MessageId id : old) {
            finals.remove(Objects.requireNonNull(records.message(id)));
            records.remove(id);
            histories.remove(id);
            Message message = messages.remove(id);
            Key key = message == null ? keysOfErased.remove(id) : keyOf(message);
            if (key != null) {
                keys.remove(key);
            }
        }
        return old.size();
    }

    /** Lets go of the texts of final messages, unless that was done before. */
    void erase(List<MessageRecord> ended, Round round, EventSource source) {
        var rules = new Retention(round);
        for (MessageRecord record : ended) {
            Message message = messages.remove(record.id());
            if (message != null) {
                Key key = keyOf(message);
                if (key != null) {
                    keysOfErased.put(record.id(), key);
                }
                finals.erase(record);
                rules.erase(record, source);
            }
        }
    }

    List<MessageId> messagesTo(PhoneNumber recipient, @Nullable String tenant) {
        return messages.values().stream()
                .filter(message ->
                        message.recipient().equals(recipient) && (tenant == null || tenant.equals(message.tenant())))
                .map(Message::id)
                .sorted()
                .toList();
    }

    private static @Nullable Key keyOf(Message message) {
        String key = message.idempotencyKey();
        return key == null ? null : new Key(message.tenant(), key);
    }

    Optional<MessageStatus> status(MessageId id) {
        return Optional.ofNullable(records.message(id)).map(message -> message.status(records.latestProviderId(id)));
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

    /** A look here costs next to nothing, so that it need not be told for what. */
    Outlook outlook(Instant now) {
        Map<Line, Instant> lines = agenda.lines();
        Map<ProviderAccount, Instant> lookups = agenda.lookups();
        Instant recoveries = agenda.firstRecovery();
        boolean onlyWaits = lines.isEmpty() && lookups.isEmpty() && recoveries == null;
        Instant endings = onlyWaits ? agenda.firstAside() : now;
        return new Outlook(now, lines, recoveries, lookups, inbox.isWaiting() ? now : null, endings);
    }

    private Message body(MessageId id) {
        return Objects.requireNonNull(messages.get(id), "a record without its message");
    }
}
