// SPDX-License-Identifier: Apache-2.0

package io.governance.client;

import java.util.concurrent.TimeUnit;

import feign.Request;
import io.governance.context.Attempts;
import org.jspecify.annotations.Nullable;

/**
 * The options of one attempt of a Feign client: its times, and what the call has tried.
 * Feign's requests have no attributes; its options are what every client hands on.
 */
public final class FeignAttempt extends Request.Options {

	private final Attempts tried;

	/**
	 * Creates the options of an attempt.
	 * @param own what the client was configured with
	 * @param connectMillis how long it may take to make a connection; 0 for no bound
	 * @param readMillis how long the response may take; 0 for no bound
	 * @param tried what the call has tried; to be handed to whoever picks an instance
	 */
	public FeignAttempt(Request.Options own, long connectMillis, long readMillis, Attempts tried) {
		super(connectMillis, TimeUnit.MILLISECONDS, readMillis, TimeUnit.MILLISECONDS, own.isFollowRedirects());
		this.tried = tried;
	}

	/**
	 * What the call has tried.
	 * @param options the options of a request
	 * @return the attempts; {@code null} where nobody makes further ones
	 */
	public static @Nullable Attempts tried(Request.Options options) {
		return (options instanceof FeignAttempt attempt) ? attempt.tried : null;
	}

}
