package io.github.smsdispatch.store;

import io.github.smsdispatch.AttemptId;
import io.github.smsdispatch.Message;
import io.github.smsdispatch.MessageEvent;
import io.github.smsdispatch.MessageId;
import io.github.smsdispatch.MessageState;
import io.github.smsdispatch.MessageStatus;
import io.github.smsdispatch.PhoneNumber;
import io.github.smsdispatch.ProviderAccount;
import io.github.smsdispatch.RunState;
import io.github.smsdispatch.StateChange;
import io.github.smsdispatch.StateCount;
import io.github.smsdispatch.spi.Receipt;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Keeps messages, their hand-overs, receipts and history. Any number of engines on any number of nodes may work on one
 * store at the same time.
 *
 * <p>Rules for all methods: each call is atomic and durable when it returns. A state changes only where
 * {@link MessageState#canBecome} allows it; what comes too late changes nothing and is no error. All times are by the
 * store's own clock ({@link #now}), never by that of a node. Every state change is also kept as a
 * {@link MessageEvent}, and returned so that the engine can tell listeners. All methods are thread-safe, block, and
 * throw {@link StoreException} when the store cannot be used at the moment; after that nothing of the call is kept, unless the exception says that nobody knows.
 *
 * <p>Each open message has one time at which it next needs attention, whose meaning depends on its state: when it may
 * be claimed (SCHEDULED, QUEUED), when its lease ends (claimed, SUBMITTING), when to ask for its status (SENT,
 * IN_DOUBT).
 */
public interface MessageStore extends AutoCloseable {
    /** The store's time. */
    Instant now();

    /**
     * Takes messages: those due later become SCHEDULED, the others QUEUED. A message is not taken twice: of all with the
     * same id, or with the same tenant and idempotency key, the first is kept.
     *
     * @param messages as many as fit into one transaction, about 1,000
     * @param routes the accounts that they are meant for: each waits in the line of its account; what is not in it has no
     *     account yet, and is {@linkplain #claim claimed} to be given one
     * @return one result for each, in the same order
     */
    List<EnqueueResult> enqueue(List<Message> messages, Map<MessageId, ProviderAccount> routes);

    /** Takes messages for which no account is chosen yet. */
    default List<EnqueueResult> enqueue(List<Message> messages) {
        return enqueue(messages, Map.of());
    }

    /**
     * Leases messages that are due and not expired, the longest due first, to choose an account for them: then they are handed
     * over at once ({@link #begin}), or wait in its line ({@link #release}). Does not change their state.
     */
    List<Claim> claim(ClaimRequest request);

    /**
     * Commits the intent to hand over those that wait for an account, the longest due of each lane first: they become SUBMITTING,
     * and an attempt is opened for each. Those whose validity has ended are passed over, and those whose recipient is suppressed
     * are SUPPRESSED.
     *
     * @param requests for different accounts
     * @param lease how long each hand-over may take before {@link #recover} puts it in doubt
     */
    BeginRound beginNext(List<BeginRequest> requests, Duration lease);

    /**
     * Commits the intent to hand claimed messages over: they become SUBMITTING, and an attempt is opened for each.
     * Claims that are void by now are passed over, and so are messages whose recipient is suppressed by now: those stay
     * claimed, and the next claim of them says so.
     *
     * @param lease how long each hand-over may take before {@link #recover} puts it in doubt
     * @return the changes; only what is in it may be handed over
     */
    List<StateChange> begin(List<AttemptStart> starts, Duration lease);

    /**
     * Records how hand-overs ended. The attempt's outcome is kept in any case; the message moves on only if the attempt
     * is its latest and the guard allows it. So an answer that comes after the lease still settles the doubt, and one
     * that comes after a receipt keeps the ids and leaves the state. One that tells what became of a hand-over already given
     * up, and comes too late to move the message, is kept as an event, and its ids as well: receipts find the hand-over. An end in SUPPRESSED also suppresses the recipient for
     * the message's tenant, as a word of the recipient's.
     *
     * <p>REJECTED, SUPPRESSED and EXPIRED, here and in {@link #release}, say that no provider took the message. If an
     * earlier hand-over was or may have been taken, it is QUEUED instead, for {@link #claim} no longer to return: it waits
     * for a receipt of that hand-over, and is UNCONFIRMED by {@link #expire} if none comes.
     */
    List<StateChange> finish(List<AttemptEnd> ends);

    /**
     * Reserves the next hand-overs of an account, so that all nodes together keep to its rate: those of one request may begin
     * together once the answer is over, and whoever asks next gets the time behind them. So the rate is shared in the order
     * of the calls, no node is turned away, and none gets in between.
     *
     * <p>What is reserved and not used is lost: ask for what can begin soon, and not again before that is used. What nobody
     * reserves is not saved up: after a pause the first request may begin at once, and the next has to wait for it. Only what
     * was free for no more than 100 ms still counts, so that nothing is lost by asking a moment late. So in any time of
     * length {@code t} never more may begin than {@code rate × (t + 100 ms)} and one request.
     *
     * <p>Each request counts by its own rate. Where nodes were told different ones, one that was told the slower keeps the
     * others waiting as long for each of its hand-overs, and the whole lies between the two. A clock that is set back takes
     * the reserved times with it.
     *
     * @return how long from now until they may begin; zero: now
     */
    Duration reserve(PermitRequest request);

    /** Ends claims that led to no hand-over at once. Those that are void by now are passed over. */
    List<StateChange> release(List<Release> releases);

    /** Moves hand-overs whose lease has ended to IN_DOUBT, due for a look-up at once. */
    List<StateChange> recover(int limit);

    /**
     * Ends what has outlived its validity: SCHEDULED and QUEUED become EXPIRED at its end; SENT and IN_DOUBT become
     * UNCONFIRMED when the grace is over as well, and so does what is QUEUED again although an earlier hand-over was or
     * may have been taken.
     */
    List<StateChange> expire(Duration grace, int limit);

    /**
     * Puts receipts into the inbox. The same receipt (account, id, state, status, code) is kept once; its reason does not
     * make it another one.
     *
     * @return how many were new
     */
    int receive(List<Receipt> receipts);

    /**
     * Applies receipts from the inbox, oldest first. A receipt belongs to the attempt with its reference, or else to the
     * one with its account and id; while neither is known it stays in the inbox and is tried again later. So does one for
     * a text of several segments, each reported on by itself, whose hand-over is still under way: only the answer names
     * all parts. What has to wait is tried again after pauses that grow, each no longer than a second or as long as the
     * receipt has waited so far, until it is 30 days old; from then on only a look-up that brings it again can apply it. Receipts that were not tried yet come before those that were. ENROUTE makes a
     * message SENT and gives an attempt in doubt its id. A message of several parts is DELIVERED when all of its parts
     * are, and UNDELIVERED when one of them is; if the answer was lost, all are known when there are as many as segments
     * ({@link AttemptStart#receiptsPerPart}; otherwise one is all), or when a look-up named them. DELIVERED counts from any attempt, UNDELIVERED from the latest, and from another if
     * all but that one have failed. What changes no state is kept as an event. UNDELIVERED because of OPTED_OUT also
     * suppresses the recipient for the message's tenant, also where it comes too late to change the state: a receipt is
     * kept once, so that no repetition of it undoes a later {@link #unsuppress}.
     *
     * <p>With {@code retries}, UNDELIVERED of the latest hand-over for a reason that {@link LateRetries#mayPass may pass} makes
     * the message QUEUED again, to be claimed after a pause, if it has not failed so too often, no other hand-over of it may
     * have been taken, and its validity does not end before. Of several parts all must have failed: while some are not
     * reported on it stays SENT, and one that is delivered makes it UNDELIVERED. Such a receipt waits for the answer to
     * its hand-over. One that is DELIVERED after all still counts, also from a hand-over that failed so. A message that
     * failed so and is not taken again ends UNDELIVERED in place of REJECTED or EXPIRED.
     *
     * @param limit the most receipts to look at
     * @param retries whether what was not delivered is handed over again
     */
    InboxRound applyReceipts(int limit, LateRetries retries);

    /** As {@link #applyReceipts(int, LateRetries)}; what is not delivered is never handed over again. */
    default InboxRound applyReceipts(int limit) {
        return applyReceipts(limit, LateRetries.NEVER);
    }

    /** Leases messages of an account that are SENT or IN_DOUBT and due for a look-up, the longest due first. */
    List<SyncTask> claimSync(ProviderAccount account, int limit, Duration lease);

    /**
     * Records what look-ups brought; the receipts count as those from the inbox do.
     *
     * @param retries as for {@link #applyReceipts(int, LateRetries)}
     */
    List<StateChange> finishSync(List<SyncEnd> ends, LateRetries retries);

    /** As {@link #finishSync(List, LateRetries)}; what is not delivered is never handed over again. */
    default List<StateChange> finishSync(List<SyncEnd> ends) {
        return finishSync(ends, LateRetries.NEVER);
    }

    /** Those of the given provider ids that some attempt already holds. */
    Set<String> knownIds(ProviderAccount account, Collection<String> providerMessageIds);

    /** Withdraws messages that are SCHEDULED or QUEUED, unless an earlier hand-over may have been taken; the others stay as they are. */
    List<StateChange> cancel(Collection<MessageId> messages);

    /**
     * An operator's wish: never sends to this recipient for this tenant until {@link #unsuppress}, whatever the recipient
     * says. Where the recipient is suppressed already, by their own word, it is the operator's from now on.
     *
     * @throws IllegalArgumentException if no message can have this tenant: {@link Message#requireTenant}
     */
    void suppress(String tenant, PhoneNumber recipient);

    /**
     * Takes a suppression back, whoever wanted it.
     *
     * @throws IllegalArgumentException if no message can have this tenant: {@link Message#requireTenant}
     */
    void unsuppress(String tenant, PhoneNumber recipient);

    /**
     * Does what a person says. WITHDRAWN suppresses them for the tenants. GIVEN takes back what they said, or what was
     * concluded from a hand-over or a receipt with {@link io.github.smsdispatch.spi.FailureReason#OPTED_OUT}; never what an
     * operator wants.
     *
     * <p>A word with an event id is obeyed once for each account and id, for good: a repetition changes nothing, on
     * whichever node and however much later it comes. One without an id is obeyed each time if it is WITHDRAWN, and never
     * if it is GIVEN.
     *
     * @return whether it was obeyed; false: it had been before, or it is GIVEN without an id
     */
    boolean consent(ConsentWord word);

    /** What operators have set; an account that is not in it is RUNNING. */
    Map<ProviderAccount, RunState> runStates();

    /** Sets what an operator wants of an account, be it known or not. Null is refused before anything is changed. */
    void setRunState(ProviderAccount account, RunState state);

    /** What is known of a message. */
    Optional<MessageStatus> find(MessageId message);

    /** What is known of the message with this idempotency key. */
    Optional<MessageStatus> findByKey(String tenant, String idempotencyKey);

    /** What is known of the message that this hand-over belongs to. */
    Optional<MessageStatus> findByAttempt(AttemptId attempt);

    /** The messages that hand-overs belong to; those that are not known are left out. */
    Map<AttemptId, MessageId> messagesOf(Collection<AttemptId> attempts);

    /** The history of a message, oldest first; empty if it is unknown. */
    List<MessageEvent> history(MessageId message);

    /** The hand-overs of a message, oldest first. */
    List<PastAttempt> attempts(MessageId message);

    /** All messages by state and account. */
    List<StateCount> counts();

    /** What there is to do next, and when: asked by engines that have nothing to do, so it should cost little. */
    Outlook outlook();

    /** When the next open message needs attention; may be past. Empty: all messages are final. */
    default Optional<Instant> nextWorkAt() {
        return outlook().nextMessageAt();
    }

    /**
     * Removes messages that have been final for at least {@code finalFor}, with all that is known of them: text,
     * attributes, hand-overs, the provider's ids, history. Open messages stay, however old. To be called
     * again and again with a small limit; any number of nodes may do so at the same time, and none waits for another.
     *
     * <p>The idempotency key goes with the message: the next message with it is a new one. A receipt that comes for a
     * removed message belongs to nobody and changes nothing. Receipts are kept 32 days longer than messages, counted from
     * when they came, whether they were applied or nobody knows them; so one that is merely repeated is known again and
     * dropped. Suppressions and words of consent are never removed.
     *
     * @param finalFor not negative
     * @param limit the most messages, and the most receipts, to remove in this step; at least 1
     */
    PurgeRound purge(Duration finalFor, int limit);

    /**
     * Erases the personal data of those of the messages that are final: number, text, sender and attributes are gone, and
     * no call brings them back. State, history, hand-overs with their costs, and campaign stay, and so do the provider's
     * ids; the history says that and when it was done. The idempotency key goes on telling repetitions, but no more of it
     * is kept than that needs (a database: its hash).
     *
     * <p>Open messages are passed over: number and text are needed to hand them over and to find them at the provider.
     * {@link #cancel} them, or wait until they are final.
     *
     * <p>A suppression of the recipient stays, with the number in it: it is the person's own wish, and forgetting it would
     * send to them again. {@link #unsuppress} takes it back. What a late receipt says of the person
     * ({@link io.github.smsdispatch.spi.FailureReason#OPTED_OUT}) can no longer be obeyed: nobody knows whom it is about.
     *
     * @param messages as many as fit into one transaction, about 1,000
     * @return those that hold no personal data now, erased by this call or an earlier one
     */
    Set<MessageId> erase(Collection<MessageId> messages);

    /**
     * Erases the personal data of messages that have been final for at least {@code finalFor}, the longest final first, as
     * {@link #erase(Collection)} does. To be called again and again with a small limit, as {@link #purge}.
     *
     * @param finalFor not negative
     * @param limit the most messages to erase in this step; at least 1
     * @return how many were erased; as many as the limit: there may be more
     */
    int erase(Duration finalFor, int limit);

    /**
     * Searches for messages to a recipient, one step at a time: those whose personal data was erased are not found, nor
     * those that are enqueued while the search goes on. No store has an index of recipients, as each message would pay for
     * it: a step looks at the next {@code limit} messages in the order of their ids.
     *
     * @param recipient whose messages
     * @param tenant of this tenant only; null: of all
     * @param after {@link MessagePage#next} of the step before; null: begin
     * @param limit how many messages to look at; at least 1, some thousands are well
     */
    MessagePage messagesTo(PhoneNumber recipient, @Nullable String tenant, @Nullable MessageId after, int limit);

    /**
     * Messages that have been final for at least {@code finalFor}, in the order in which they became so, for those who keep
     * a copy elsewhere before {@link #purge} removes them: remember the {@link FinalPlace} of the last one and go on
     * behind it. With a {@code finalFor} of some minutes none is missed: a change counts from the begin of the call that
     * makes it, so that two may become visible in another order.
     *
     * @param after where to go on; null: from the first
     * @param finalFor not negative
     * @param limit how many at the most; at least 1
     */
    List<MessageStatus> finalMessages(@Nullable FinalPlace after, Duration finalFor, int limit);

    /** Lets go of what the store opened itself. */
    @Override
    default void close() {}
}
