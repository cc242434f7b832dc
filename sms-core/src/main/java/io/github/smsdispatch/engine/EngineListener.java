package io.github.smsdispatch.engine;

import io.github.smsdispatch.StateChange;

/**
 * Is told what happened to messages, and to accounts. Called after the change is committed, outside all locks, by several
 * threads at once, so it must be thread-safe: those of the engine, and that of whoever calls {@link DispatchEngine#cancel},
 * {@link DispatchEngine#receive} or an erasure. Each
 * thread tells its changes in the order in which they were committed; two threads may overtake each other, so that the
 * receipt of a message is told before the answer to its hand-over: go by {@code from} and {@code to} of the event, or by
 * the history in the store. Only this engine's own changes are told, not those of other nodes. A crash between commit and
 * call loses the call, never the change. What a listener throws is logged, once a minute, and otherwise ignored; a slow
 * listener slows the engine, and costs nothing else. No argument of any of these holds a number, a text or a secret.
 */
@FunctionalInterface
public interface EngineListener {
    /** A message has changed its state. What was said of it without changing it is in the history only. */
    void onChange(StateChange change);

    /**
     * An account has gone down, which means that this engine leaves it alone because of failures, or is up again. Called once
     * for each such change on this node, outside all locks, as {@link #onChange} by several threads at once. Does nothing unless overridden.
     *
     * @param account how it fares now
     */
    default void onAccountHealth(AccountHealth account) {}

    /**
     * A call that handed messages over has ended. Called by the thread that made it, a call each, before its outcomes are
     * written. Does nothing unless overridden.
     */
    default void onHandOver(HandOverCall call) {}

    /**
     * A call that asked for the status of messages has ended. Called by the thread that made it, before its answers are
     * written. Does nothing unless overridden.
     */
    default void onLookup(LookupCall call) {}

    /**
     * Receipts have come in. Called by the thread of {@link DispatchEngine#receive} once they are in the store, or by the one
     * that made a look-up, before they are. Does nothing unless overridden.
     */
    default void onReceipts(ReceiptsHeard receipts) {}
}
