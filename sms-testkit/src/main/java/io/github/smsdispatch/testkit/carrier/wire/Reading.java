package io.github.smsdispatch.testkit.carrier.wire;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a request turned out to be: messages to decide on, or something whose answer needs no decision.
 *
 * @param items the messages in the order of the request; empty exactly if there is an answer
 * @param answer the answer to anything that is no submission, or that is refused as a whole
 * @param refusal what kind of refusal the answer is, for the statistics; null: none
 */
public record Reading(List<Item> items, @Nullable HttpAnswer answer, @Nullable String refusal) {
    public Reading {
        items = List.copyOf(items);
        if (items.isEmpty() == (answer == null)) {
            throw new IllegalArgumentException("a request is answered, or it brings messages");
        }
    }

    /** A request with one valid message. */
    public static Reading submission(Draft draft) {
        return new Reading(List.of(draft), null, null);
    }

    /** A request with several messages, at least one; each valid or declined. */
    public static Reading batch(List<? extends Item> items) {
        return new Reading(List.copyOf(items), null, null);
    }

    /** A look-up, or whatever else has its answer at once. */
    public static Reading answered(HttpAnswer answer) {
        return new Reading(List.of(), answer, null);
    }

    /** A request that is refused as a whole. */
    public static Reading refused(String refusal, HttpAnswer answer) {
        return new Reading(List.of(), answer, refusal);
    }

    /** The valid ones among the items, in order. */
    public List<Draft> drafts() {
        var drafts = new ArrayList<Draft>();
        for (Item item : items) {
            if (item instanceof Draft draft) {
                drafts.add(draft);
            }
        }
        return drafts;
    }
}
