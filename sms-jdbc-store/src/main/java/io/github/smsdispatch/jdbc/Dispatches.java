package io.github.smsdispatch.jdbc;

import io.github.smsdispatch.MessageId;
import io.github.smsdispatch.StateChange;
import io.github.smsdispatch.spi.SubmitOutcome.Accepted;
import io.github.smsdispatch.store.AttemptEnd;
import io.github.smsdispatch.store.AttemptStart;
import io.github.smsdispatch.store.Claim;
import io.github.smsdispatch.store.ClaimRequest;
import io.github.smsdispatch.store.Release;
import io.github.smsdispatch.store.rules.AttemptRecord;
import io.github.smsdispatch.store.rules.HandOvers;
import io.github.smsdispatch.store.rules.MessageRecord;
import io.github.smsdispatch.store.rules.ProviderId;
import io.github.smsdispatch.store.rules.Records;
import io.github.smsdispatch.store.rules.Round;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** From the claim to the answer. */
final class Dispatches {
    private final Database database;
    private final Accounts accounts;
    private final Loader loader;
    private final Keeper keeper;
    private final Bodies bodies;
    private final InHand inHand = new InHand();

    Dispatches(Database database, Accounts accounts, Loader loader, Keeper keeper, Bodies bodies) {
        this.database = database;
        this.accounts = accounts;
        this.loader = loader;
        this.keeper = keeper;
        this.bodies = bodies;
    }

    /** Where what is known of messages comes from. */
    private enum Read {
        /** From the transaction that changed them last, with all their hand-overs. */
        IN_HAND,
        /** From their rows, under their locks, with all their hand-overs. */
        LOCKED
    }

    private record Claimed(Records records, List<Claim> claims) {}

    List<Claim> claim(ClaimRequest request) {
        Claimed claimed = database.run("to claim messages", tx -> {
            var round = new Round(new Records(), tx.now());
            List<MessageRecord> due = loader.lockFree(
                    tx,
                    round.records(),
                    "m.queue = ? AND m.next_at <= ? AND m.expires_at > ?",
                    List.of(Queue.ofLane(request.lane()), tx.now(), tx.now()),
                    "m.queue, m.next_at",
                    request.limit());
            var rules = new HandOvers(round);
            due.forEach(message -> rules.claim(message, request.lease()));
            keeper.keep(tx, round);
            return new Claimed(round.records(), claims(tx, round, rules, due));
        });
        inHand.hold(claimed.records(), claimed.records().messages());
        return claimed.claims();
    }

    private List<Claim> claims(Tx tx, Round round, HandOvers rules, List<MessageRecord> due) throws SQLException {
        Map<MessageId, Bodies.Body> texts = bodies.load(tx, round.records());
        loader.attemptsOf(tx, round.records(), due);
        // A message whose body was deleted by hand must not keep the others from being sent.
        return due.stream()
                .flatMap(message -> Optional.ofNullable(texts.get(message.id())).stream()
                        .map(body -> rules.toClaim(message, body.message(), body.suppressed())))
                .toList();
    }

    List<StateChange> begin(List<AttemptStart> starts, Duration lease) {
        accounts.register(starts.stream().map(AttemptStart::account).toList());
        Round begun = change("to begin hand-overs", starts.stream().map(AttemptStart::message), (tx, round, read) -> {
            var rules = new HandOvers(round);
            Set<MessageId> suppressed = bodies.suppressed(tx, round.records());
            starts.forEach(start -> rules.begin(start, lease, message -> suppressed.contains(message.id())));
        });
        inHand.hold(begun.records(), begun.touched());
        return begun.changes();
    }

    List<StateChange> finish(List<AttemptEnd> ends) {
        return change("to record hand-overs", ends.stream().map(AttemptEnd::message), (tx, round, read) -> {
                    if (read == Read.LOCKED) {
                        loader.holders(tx, round.records(), givenIds(round.records(), ends));
                    }
                    ends.forEach(new HandOvers(round)::finish);
                })
                .changes();
    }

    private static Collection<ProviderId> givenIds(Records records, List<AttemptEnd> ends) {
        var ids = new ArrayList<ProviderId>();
        for (AttemptEnd end : ends) {
            AttemptRecord attempt = records.attempt(end.attempt());
            if (attempt != null) {
                end.outcome()
                        .fold(Accepted::providerMessageIds, refused -> List.<String>of(), unknown -> List.<String>of())
                        .forEach(id -> ids.add(new ProviderId(attempt.account(), id)));
            }
        }
        return ids;
    }

    List<StateChange> release(List<Release> releases) {
        return change(
                        "to release claims",
                        releases.stream().map(Release::message),
                        (tx, round, read) -> releases.forEach(new HandOvers(round)::release))
                .changes();
    }

    List<StateChange> recover(int limit) {
        return database.run("to recover hand-overs", tx -> {
            var round = new Round(new Records(), tx.now());
            List<MessageRecord> lapsed = loader.lockDue(tx, round.records(), Queue.SUBMITTING, limit);
            loader.attemptsOfMessages(
                    tx, round.records(), lapsed.stream().map(MessageRecord::id).toList());
            lapsed.forEach(new HandOvers(round)::recover);
            keeper.keep(tx, round);
            return round.changes();
        });
    }

    /** What is done to messages. */
    @FunctionalInterface
    private interface Rules {
        void apply(Tx tx, Round round, Read read) throws SQLException;
    }

    /**
     * Changes messages that this process has in hand as it knows them, in the hope that nobody has changed them meanwhile
     * and that no other hand-over holds the ids that the provider gave; where that fails, again with what is read under
     * their locks.
     */
    private Round change(String what, Stream<MessageId> messages, Rules rules) {
        List<MessageId> ids = messages.distinct().toList();
        if (ids.isEmpty()) {
            return new Round(new Records(), Instant.EPOCH);
        }
        return database.run(what, tx -> {
            Records known = inHand.take(ids);
            if (known != null) {
                var round = new Round(known, tx.now());
                rules.apply(tx, round, Read.IN_HAND);
                keeper.keepIfUnchanged(tx, round);
                return round;
            }
            var records = new Records();
            loader.lockMessages(tx, records, ids);
            loader.attemptsOf(tx, records, records.messages());
            var round = new Round(records, tx.now());
            rules.apply(tx, round, Read.LOCKED);
            keeper.keep(tx, round);
            return round;
        });
    }
}
