/** The provider {@code acme}, an invented gateway: what the author of a provider writes, in full. */
package com.example.acme;
