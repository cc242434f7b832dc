package io.github.smsdispatch.benchmarks;

import io.github.smsdispatch.spi.SmsProvider;
import io.github.smsdispatch.spi.Submission;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;

/**
 * The yardstick: OkHttp as it comes, posting the very bytes that the module posts and reading the answer into a string. Our
 * reference in them is new each time, because some carriers refuse one that they know.
 */
final class BareOkHttp implements AutoCloseable {
    /** Several, because some modules pad their requests to lengths of chance. */
    private static final int EXAMPLES = 32;

    private static final Set<String> OKHTTP_SETS =
            Set.of("host", "content-length", "connection", "accept-encoding", "user-agent", "content-type");

    /** A request that the module made, and our reference in it. */
    record Example(Recorder.Recorded request, String reference) {}

    /** An example, but for our reference ready to be posted. */
    private record Prepared(Request template, MediaType type, String body, String reference) {
        static Prepared of(Example example, String baseUrl) {
            var template = new Request.Builder().url(baseUrl + example.request().target());
            example.request().headers().forEach((name, values) -> {
                if (!OKHTTP_SETS.contains(name.toLowerCase(Locale.ROOT))) {
                    template.header(name, values.get(0));
                }
            });
            return new Prepared(
                    template.build(),
                    MediaType.get(example.request().header("Content-Type")),
                    example.request().body(),
                    example.reference());
        }

        Request fresh() {
            String fresh = body.replace(reference, UUID.randomUUID().toString());
            return template.newBuilder().post(RequestBody.create(fresh, type)).build();
        }
    }

    private final OkHttpClient client = new OkHttpClient();
    private final List<Prepared> requests;

    BareOkHttp(List<Example> examples, String baseUrl) {
        this.requests =
                examples.stream().map(example -> Prepared.of(example, baseUrl)).toList();
    }

    /** Learns what the module posts. */
    static List<Example> examplesOf(Contender contender) throws IOException, InterruptedException {
        try (var recorder = new Recorder(500);
                SmsProvider provider = contender.provider(recorder.baseUrl())) {
            var examples = new ArrayList<Example>();
            for (int i = 0; i < EXAMPLES; i++) {
                Submission submission = contender.submission();
                provider.submit(List.of(submission));
                examples.add(new Example(recorder.next(), submission.reference().toString()));
            }
            return examples;
        }
    }

    void once() throws IOException {
        Prepared request = requests.get(ThreadLocalRandom.current().nextInt(requests.size()));
        try (Response response = client.newCall(request.fresh()).execute()) {
            if (!response.isSuccessful() || response.body().string().isEmpty()) {
                throw new IllegalStateException("the simulator answered " + response.code());
            }
        }
    }

    @Override
    public void close() {
        client.dispatcher().executorService().shutdown();
        client.connectionPool().evictAll();
    }
}
