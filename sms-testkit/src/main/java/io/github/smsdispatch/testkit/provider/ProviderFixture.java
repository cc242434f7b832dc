package io.github.smsdispatch.testkit.provider;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.smsdispatch.ProviderAccount;
import io.github.smsdispatch.spi.SmsProvider;
import io.github.smsdispatch.spi.Submission;
import io.github.smsdispatch.spi.SubmitOutcome;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/** The server of one test, and the calls that most tests make. */
final class ProviderFixture implements AutoCloseable {
    /** Long enough for a busy machine, as nothing waits for its end. */
    static final Duration PATIENT = Duration.ofSeconds(30);

    /** Waited out by what stalls: the next where a fault had not struck before the one before was over. */
    private static final List<Duration> DEADLINES =
            List.of(Duration.ofMillis(250), Duration.ofSeconds(1), Duration.ofSeconds(4));

    /** The text of the hand-overs whose text does not matter. */
    static final String TEXT = "Your table is booked";

    private final SmsProviderContract contract;
    private final FaultScripts scripts;
    private final FaultServer server;

    ProviderFixture(SmsProviderContract contract) {
        this.contract = contract;
        this.scripts = new FaultScripts(contract::accepts);
        this.server = new FaultServer(scripts.accept());
    }

    SmsProviderContract contract() {
        return contract;
    }

    FaultServer server() {
        return server;
    }

    /** Faults, with the author's yes where one is needed. */
    FaultScripts scripts() {
        return scripts;
    }

    /** From now on the server answers like this. */
    void answer(Function<ApiCall, ApiReply> answers) {
        server.play(FaultScripts.answering(answers));
    }

    /** From now on the server says yes. */
    void accept() {
        server.play(scripts.accept());
    }

    String url() {
        return "http://" + server.hostAndPort();
    }

    ProviderAccount account() {
        return ProviderAccount.of(contract.factory().name());
    }

    SmsProvider provider() {
        return provider(url(), PATIENT);
    }

    SmsProvider provider(String baseUrl, Duration deadline) {
        return contract.factory().create(TestSettings.of(contract.factory(), settings(baseUrl, deadline)));
    }

    Map<String, String> settings(String baseUrl, Duration deadline) {
        var settings = new HashMap<>(contract.settings(baseUrl));
        settings.putAll(contract.deadline(deadline));
        return settings;
    }

    Submission submission(int number) {
        return contract.submission(number, TEXT);
    }

    /** Submissions to neighbouring numbers. */
    List<Submission> submissions(int first, int count) {
        return IntStream.range(first, first + count)
                .mapToObj(number -> submission(number % 1000))
                .toList();
    }

    SubmitOutcome submit(SmsProvider provider, int number) {
        return submit(provider, submission(number));
    }

    SubmitOutcome submit(SmsProvider provider, Submission submission) {
        return submitAll(provider, List.of(submission)).get(0);
    }

    List<SubmitOutcome> submitAll(SmsProvider provider, List<Submission> batch) {
        List<SubmitOutcome> outcomes = provider.submit(batch);
        assertEquals(batch.size(), outcomes.size(), "outcomes for " + batch.size() + " submissions");
        new Hidden(contract, List.of(TEXT)).assertNotIn("the outcome", outcomes.toString());
        return outcomes;
    }

    void assertAccepted(SmsProvider provider, int number) {
        Submission submission = submission(number);
        assertAccepted(submission, submit(provider, submission));
    }

    void assertAccepted(Submission submission, SubmitOutcome outcome) {
        assertAccepted("a hand-over", submission, outcome);
    }

    void assertAccepted(String what, Submission submission, SubmitOutcome outcome) {
        assertTrue(
                outcome instanceof SubmitOutcome.Accepted accepted
                        && accepted.providerMessageIds().equals(List.of(contract.messageId(submission))),
                () -> what + ", to which accepts says yes under the id that messageId gives, ended as " + outcome);
    }

    /**
     * Runs a test of something that stalls, with a short deadline first.
     *
     * @param test gets the deadline, and says whether the request was there before it was over: else, on a busy machine,
     *     the test says nothing, and is made again with a longer one
     */
    static void whileStalling(String what, Predicate<Duration> test) {
        if (DEADLINES.stream().noneMatch(test)) {
            throw new AssertionError(what + ": no request arrived before the deadline of " + DEADLINES.get(2));
        }
    }

    /** Runs tests that wait at the same time, and throws what one of them throws. */
    static void atOnce(List<Runnable> tests) {
        ExecutorService pool = Executors.newFixedThreadPool(tests.size());
        try {
            List<CompletableFuture<Void>> running = tests.stream()
                    .map(test -> CompletableFuture.runAsync(test, pool))
                    .toList();
            running.forEach(CompletableFuture::join);
        } catch (CompletionException e) {
            throw new AssertionError(String.valueOf(e.getCause()), e);
        } finally {
            pool.shutdownNow();
        }
    }

    /** Closes the server; a mistake in the author's fake fails the test here, as nobody else would hear of it. */
    @Override
    public void close() {
        server.close();
        Throwable mishap = server.mishap();
        if (mishap != null) {
            throw new AssertionError("the test's own API failed to answer: " + mishap, mishap);
        }
    }
}
