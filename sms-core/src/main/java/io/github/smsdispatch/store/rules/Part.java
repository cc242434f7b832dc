package io.github.smsdispatch.store.rules;

import io.github.smsdispatch.spi.ReceiptState;
import org.jspecify.annotations.Nullable;

/** A part of a hand-over that the provider reports on; a message of one part has one. Not thread-safe. */
public final class Part {
    private final ProviderId id;
    private final int number;
    private final @Nullable ReceiptState stored;
    private ReceiptState state;

    private Part(ProviderId id, int number, @Nullable ReceiptState stored, ReceiptState state) {
        this.id = id;
        this.number = number;
        this.stored = stored;
        this.state = state;
    }

    /** A part as it was stored. */
    public static Part stored(ProviderId id, int number, ReceiptState state) {
        return new Part(id, number, state, state);
    }

    /** A part of its own, as if it had just been read from a store that has it as it is now. */
    public Part reread() {
        return stored(id, number, state);
    }

    static Part fresh(ProviderId id, int number) {
        return new Part(id, number, null, ReceiptState.ENROUTE);
    }

    /** The provider's id. */
    public ProviderId id() {
        return id;
    }

    /** Its place among the parts of its hand-over, from 1. */
    public int number() {
        return number;
    }

    /** As the store has it; null while it has nothing. */
    public @Nullable ReceiptState stored() {
        return stored;
    }

    /** ENROUTE, DELIVERED or UNDELIVERED. */
    public ReceiptState state() {
        return state;
    }

    /** Takes what a receipt says. The first final word counts, except that nobody reports a delivery that never was. */
    void report(ReceiptState reported) {
        if (state == ReceiptState.ENROUTE || reported == ReceiptState.DELIVERED) {
            state = reported;
        }
    }
}
