package io.github.smsdispatch.spi;

import java.util.List;

/**
 * One account at one provider, ready to send. What else it can do shows in the interfaces that it implements beside
 * this one: {@link StatusLookup}, {@link DoubtLookup}, {@link MessageLog}, {@link RecipientCheck}, {@link WebhookParser},
 * {@link UnknownCodes}.
 *
 * <p>Implementations are thread-safe and keep nothing between calls that would change the next one. They hand over
 * each submission at most once and never repeat it: whether a second try is safe is for the engine to decide.
 */
public interface SmsProvider extends AutoCloseable {
    /** What the engine must know before it calls. Always the same answer. */
    ProviderTraits traits();

    /**
     * Hands messages over; blocks until the provider has answered or the deadline has passed. A refusal is a value;
     * nothing is thrown for what the network or the provider does. Should something be thrown all the same, the engine
     * takes it as {@link SubmitOutcome.Unknown} for every item.
     *
     * <p>A batch that breaks these bounds is a mistake of the caller. It is either handed over all the same, in several
     * requests, or refused as a whole before anything is sent; never cut short, and never one text to all.
     *
     * @param batch 1 to {@link ProviderTraits#maxBatchSize()} submissions, of one text and sender where
     *     {@link ProviderTraits#batchesShareText()}
     * @return one outcome for each submission, in the same order
     * @throws IllegalArgumentException if the batch is too large or mixes texts, and is not taken in several requests
     */
    List<SubmitOutcome> submit(List<Submission> batch);

    /** Lets go of connections; calls under way may fail. Does nothing where there is nothing to let go of. */
    @Override
    default void close() {}
}
