/** The provider acme. Exports nothing: it is found by the service loader. */
module com.example.acme {
    requires io.github.smsdispatch.core;
    requires io.github.smsdispatch.http;

    provides io.github.smsdispatch.spi.SmsProviderFactory with
            com.example.acme.AcmeProviderFactory;
}
