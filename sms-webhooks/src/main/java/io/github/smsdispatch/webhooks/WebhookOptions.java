package io.github.smsdispatch.webhooks;

import java.net.URI;
import java.util.Optional;

/** How webhooks are received. Immutable. */
public final class WebhookOptions {
    private final Optional<String> publicUrl;
    private final boolean trustsForwarded;
    private final int maxBodyBytes;

    private WebhookOptions(Builder builder) {
        this.publicUrl = builder.publicUrl;
        this.trustsForwarded = builder.trustsForwarded;
        this.maxBodyBytes = builder.maxBodyBytes;
    }

    /** Right where providers reach this server without a proxy between. */
    public static WebhookOptions defaults() {
        return builder().build();
    }

    /** Begins with the defaults, each named at its setter. */
    public static Builder builder() {
        return new Builder();
    }

    /** Without a slash at its end. */
    Optional<String> publicUrl() {
        return publicUrl;
    }

    boolean trustsForwarded() {
        return trustsForwarded;
    }

    int maxBodyBytes() {
        return maxBodyBytes;
    }

    /** Collects options. Not thread-safe. */
    public static final class Builder {
        private Optional<String> publicUrl = Optional.empty();
        private boolean trustsForwarded;
        private int maxBodyBytes = 1 << 20;

        private Builder() {}

        /**
         * Where the world reaches the handler or the servlet: what stands in front of provider and account, such as {@code
         * https://sms.example.org/hooks}. Some providers sign the URL that they call, so that it must be known to the
         * letter; a proxy may show us another. By default it is put together from the scheme of the connection and the
         * Host header.
         *
         * @throws IllegalArgumentException if it is no http or https URL, or has a query, a fragment or a user in it
         */
        public Builder publicUrl(URI value) {
            String scheme = String.valueOf(value.getScheme());
            if (!(scheme.equalsIgnoreCase("https") || scheme.equalsIgnoreCase("http"))
                    || value.getHost() == null
                    || value.getRawUserInfo() != null
                    || value.getRawQuery() != null
                    || value.getRawFragment() != null) {
                throw new IllegalArgumentException(
                        "the public URL begins with https:// or http://, a host and perhaps a path, and has no user,"
                                + " query or fragment: such as https://sms.example.org/hooks");
            }
            this.publicUrl = Optional.of(value.toString().replaceAll("/+$", ""));
            return this;
        }

        /**
         * Whether to go by X-Forwarded-Proto, X-Forwarded-Host and X-Forwarded-Port where there is no {@link #publicUrl}.
         * False by default: only behind a proxy that sets all of them, whatever the sender gave, do they mean anything.
         */
        public Builder trustForwardedHeaders(boolean value) {
            this.trustsForwarded = value;
            return this;
        }

        /** The largest body that is read, in bytes; larger ones are answered 413. 1 MiB by default. */
        public Builder maxBodyBytes(int value) {
            this.maxBodyBytes = value;
            return this;
        }

        /**
         * Makes the options.
         *
         * @throws IllegalArgumentException if the largest body has less than 1 byte or more than 1 GiB
         */
        public WebhookOptions build() {
            if (maxBodyBytes < 1 || maxBodyBytes > 1 << 30) {
                throw new IllegalArgumentException("maxBodyBytes must be 1 to 1 GiB, but is " + maxBodyBytes);
            }
            return new WebhookOptions(this);
        }
    }
}
