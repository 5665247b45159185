// SPDX-License-Identifier: Apache-2.0

package io.governance.resilience.client;

import java.io.IOException;
import java.io.InputStream;

import feign.Response;
import org.apache.hc.core5.http.io.EofSensorInputStream;
import org.jspecify.annotations.Nullable;

import org.springframework.util.ClassUtils;

/**
 * Lets go of responses that nobody reads. Apache's client reads the rest of a body when
 * it is closed, for as long as the server likes: what is not there yet is abandoned with
 * its connection. The other clients bound that by themselves.
 */
final class FeignBodies {

	private static final boolean APACHE_PRESENT = ClassUtils
		.isPresent("org.apache.hc.core5.http.io.EofSensorInputStream", FeignBodies.class.getClassLoader());

	private FeignBodies() {
	}

	static void discard(Response response) {
		Response.Body body = response.body();
		if (body == null) {
			return;
		}
		try (body) {
			if (APACHE_PRESENT) {
				Apache.abandon(body);
			}
		}
		catch (IOException ex) {
			// it is of no use any more
		}
	}

	/** Loaded only where Apache's client is. */
	private static final class Apache {

		private Apache() {
		}

		static void abandon(Response.Body body) throws IOException {
			if (body.asInputStream() instanceof EofSensorInputStream rest && !isThere(rest, body.length())) {
				rest.abort();
			}
		}

		private static boolean isThere(InputStream rest, @Nullable Integer length) throws IOException {
			return length != null && rest.available() >= length;
		}

	}

}
