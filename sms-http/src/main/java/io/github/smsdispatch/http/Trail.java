package io.github.smsdispatch.http;

import java.net.InetSocketAddress;
import java.net.Proxy;
import okhttp3.Call;
import okhttp3.Connection;
import okhttp3.EventListener;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/**
 * Notes how far a call got, so that "not sent" rests on what happened and not on the class of an exception: a timeout
 * or a reset may strike before the first byte or after the last.
 */
final class Trail extends EventListener {
    private enum Step {
        START("before a connection was sought"),
        DNS("while looking up the host"),
        CONNECT("while connecting"),
        TLS("during the TLS handshake"),
        CONNECTED("with a connection, before the request");

        private final String words;

        Step(String words) {
            this.words = words;
        }
    }

    // Connections are made on other threads when a host has several addresses.
    private volatile Step step = Step.START;
    private volatile boolean requestBegun;
    private volatile @Nullable Integer status;

    /** Whether a byte of the request may have been written. */
    boolean requestBegun() {
        return requestBegun;
    }

    /** How far it got, in words that end a sentence. */
    String words() {
        return requestBegun ? "after the request had begun" : step.words;
    }

    /** The status, once the answer's headers were complete. */
    @Nullable
    Integer status() {
        return status;
    }

    @Override
    public void dnsStart(Call call, String domainName) {
        step = Step.DNS;
    }

    @Override
    public void connectStart(Call call, InetSocketAddress inetSocketAddress, Proxy proxy) {
        step = Step.CONNECT;
    }

    @Override
    public void secureConnectStart(Call call) {
        step = Step.TLS;
    }

    @Override
    public void connectionAcquired(Call call, Connection connection) {
        step = Step.CONNECTED;
    }

    /** Called before the first byte of the request line is written. */
    @Override
    public void requestHeadersStart(Call call) {
        requestBegun = true;
    }

    @Override
    public void responseHeadersEnd(Call call, Response response) {
        status = response.code();
    }
}
