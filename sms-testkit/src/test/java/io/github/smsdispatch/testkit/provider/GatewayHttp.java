package io.github.smsdispatch.testkit.provider;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import okhttp3.Call;
import okhttp3.ConnectionPool;
import okhttp3.EventListener;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okio.BufferedSink;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One attempt, one deadline, a bound on the answer. */
final class GatewayHttp {
    private static final Logger log = LoggerFactory.getLogger(GatewayHttp.class);
    private static final int MOST = 256 * 1024;
    private static final ConnectionPool SHARED = new ConnectionPool();

    /** @param status 0: no complete answer; -1: nothing was sent */
    record Answer(int status, String body, String retryAfter) {
        boolean isSuccess() {
            return status >= 200 && status < 300;
        }
    }

    private static final class Begun extends EventListener {
        private volatile boolean begun;

        @Override
        public void requestHeadersStart(Call call) {
            begun = true;
        }
    }

    private final OkHttpClient client;
    private final String key;
    private final boolean logs;

    GatewayHttp(Duration deadline, String key, Set<Flaw> flaws) {
        this.key = key;
        this.logs = !flaws.contains(Flaw.LOGS_NOTHING);
        ConnectionPool pool = flaws.contains(Flaw.SHARES_ITS_CONNECTIONS)
                ? SHARED
                : new ConnectionPool(flaws.contains(Flaw.USES_NO_CONNECTION_TWICE) ? 0 : 5, 5, TimeUnit.MINUTES);
        this.client = new OkHttpClient.Builder()
                .connectionPool(pool)
                .callTimeout(deadline)
                .connectTimeout(Duration.ZERO)
                .readTimeout(Duration.ZERO)
                .retryOnConnectionFailure(false)
                .followRedirects(false)
                .protocols(List.of(Protocol.HTTP_1_1))
                .eventListenerFactory(call -> call.request().tag(Begun.class))
                .build();
    }

    Answer post(String url, String json) {
        return exchange(request(url).post(new RequestBody() {
            @Override
            public MediaType contentType() {
                return MediaType.get("application/json");
            }

            @Override
            public boolean isOneShot() {
                return true;
            }

            @Override
            public void writeTo(BufferedSink sink) throws IOException {
                sink.writeUtf8(json);
            }
        }));
    }

    Answer get(String url) {
        return exchange(request(url).get());
    }

    private Request.Builder request(String url) {
        return new Request.Builder().url(url).header("X-Api-Key", key);
    }

    private Answer exchange(Request.Builder request) {
        var begun = new Begun();
        Answer answer;
        try (Response response =
                client.newCall(request.tag(Begun.class, begun).build()).execute()) {
            answer = response.body().source().request(MOST + 1)
                    ? new Answer(0, "", "")
                    : new Answer(
                            response.code(), response.body().source().readUtf8(), response.header("Retry-After", ""));
        } catch (IOException e) {
            answer = new Answer(begun.begun ? 0 : -1, "", "");
        }
        if (logs) {
            log.debug("answered {}", answer.status());
        }
        return answer;
    }
}
