// SPDX-License-Identifier: Apache-2.0

package io.governance.resilience.client;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import feign.Client;
import feign.Request;
import feign.RequestTemplate;
import feign.Response;
import feign.Target;
import io.governance.client.ClientCall;
import io.governance.context.CallContext;
import io.governance.context.GovernanceHeaders;
import io.governance.execution.Deadline;
import io.governance.policy.CallRejectedException;
import io.governance.policy.Direction;
import io.governance.policy.Reason;
import io.governance.policy.Rejection;
import io.governance.resilience.execution.CallExecution;
import org.jspecify.annotations.Nullable;

/**
 * Writes the headers of the call that a request is made for, and refuses it when that
 * call's time is up.
 */
final class FeignHeaderClient implements Client {

	private static final Pattern ADDRESS = Pattern.compile("[^/?#]+//[^/?#]+");

	private final Client delegate;

	private final ClientSettings settings;

	FeignHeaderClient(Client delegate, ClientSettings settings) {
		this.delegate = delegate;
		this.settings = settings;
	}

	@Override
	public Response execute(Request request, Request.Options options) throws IOException {
		URI uri = address(request);
		String host = (uri != null) ? ClientCall.host(uri) : null;
		boolean governed = uri != null && host != null
				&& (isService(host, request) || this.settings.hosts().contains(uri));
		return this.delegate.execute(governed ? withHeaders(request, host) : request, options);
	}

	/**
	 * Where a request goes. Whether its path and query can be called is for the client to
	 * say.
	 */
	private static @Nullable URI address(Request request) {
		Matcher address = ADDRESS.matcher(request.url());
		try {
			return address.lookingAt() ? new URI(address.group()) : null;
		}
		catch (URISyntaxException ex) {
			return null;
		}
	}

	/**
	 * A client without an URL calls the service of its name.
	 */
	private static boolean isService(String host, Request request) {
		RequestTemplate template = request.requestTemplate();
		Target<?> target = (template != null) ? template.feignTarget() : null;
		return target != null && host.equalsIgnoreCase(target.name());
	}

	private Request withHeaders(Request request, @Nullable String service) {
		CallContext context = CallContext.current();
		Map<String, Collection<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
		headers.putAll(request.headers());
		if (context.deadline() != null) {
			long millis = Math.max(1, remaining(context.deadline(), String.valueOf(service)).toMillis());
			headers.put(GovernanceHeaders.TIMEOUT_MS, List.of(Long.toString(millis)));
		}
		headers.put(GovernanceHeaders.ATTEMPT, List.of(Integer.toString(context.attempt())));
		headers.put(GovernanceHeaders.CALLER, List.of(this.settings.execution().caller()));
		headers.putIfAbsent(GovernanceHeaders.PRIORITY, List.of(context.priority().wireValue()));
		return Request.create(request.httpMethod(), request.url(), headers, request.body(), request.charset(),
				request.requestTemplate());
	}

	private Duration remaining(Deadline deadline, String service) {
		CallExecution execution = this.settings.execution();
		long nanos = deadline.remainingNanos(execution.time());
		if (nanos <= 0) {
			execution.engine().deadlinesExceeded(Direction.OUTBOUND).increment();
			throw new CallRejectedException(service, Rejection.of(Reason.DEADLINE_EXCEEDED));
		}
		return Duration.ofNanos(nanos);
	}

}
