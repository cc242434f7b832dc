package io.github.smsdispatch.engine;

import io.github.smsdispatch.StateChange;

/**
 * Is told what happened to messages. Called after the change is committed, on an engine thread, outside all locks, in
 * the order in which this engine committed the changes of one message. Only this engine's own changes are told: what
 * another node did is in the store's history. A crash between commit and call loses the call, never the change. What a
 * listener throws is logged and otherwise ignored; a slow listener slows the engine.
 */
@FunctionalInterface
public interface EngineListener {
    /** Something happened to a message; the state is the same as before where the event only keeps what was said. */
    void onChange(StateChange change);
}
