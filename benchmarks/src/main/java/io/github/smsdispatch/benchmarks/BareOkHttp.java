package io.github.smsdispatch.benchmarks;

import io.github.smsdispatch.spi.SmsProvider;
import io.github.smsdispatch.spi.Submission;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;

/**
 * The yardstick: OkHttp as it comes, posting the very bytes that the module posts and reading the answer into a string. Our
 * reference in them is new each time, because some carriers refuse one that they know.
 */
final class BareOkHttp {
    private static final Set<String> OKHTTP_SETS =
            Set.of("host", "content-length", "connection", "accept-encoding", "user-agent", "content-type");

    private final OkHttpClient client = new OkHttpClient();
    private final Request template;
    private final String body;
    private final MediaType type;
    private final String reference;

    private BareOkHttp(Request template, String body, MediaType type, String reference) {
        this.template = template;
        this.body = body;
        this.type = type;
        this.reference = reference;
    }

    /** Learns from one submission what the module posts. */
    static BareOkHttp like(Contender contender, String baseUrl) throws IOException, InterruptedException {
        try (var recorder = new Recorder(500);
                SmsProvider provider = contender.provider(recorder.baseUrl())) {
            Submission submission = contender.submission();
            provider.submit(List.of(submission));
            Recorder.Recorded request = recorder.next();
            var template = new Request.Builder().url(baseUrl + request.target());
            request.headers().forEach((name, values) -> {
                if (!OKHTTP_SETS.contains(name.toLowerCase(Locale.ROOT))) {
                    template.header(name, values.get(0));
                }
            });
            return new BareOkHttp(
                    template.build(),
                    request.body(),
                    MediaType.get(request.header("Content-Type")),
                    submission.reference().toString());
        }
    }

    void once() throws IOException {
        String fresh = body.replace(reference, UUID.randomUUID().toString());
        Request request =
                template.newBuilder().post(RequestBody.create(fresh, type)).build();
        try (Response response = client.newCall(request).execute()) {
            if (!response.isSuccessful() || response.body().string().isEmpty()) {
                throw new IllegalStateException("the simulator answered " + response.code());
            }
        }
    }
}
