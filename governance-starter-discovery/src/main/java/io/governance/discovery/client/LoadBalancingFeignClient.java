// SPDX-License-Identifier: Apache-2.0

package io.governance.discovery.client;

import java.io.IOException;
import java.net.URI;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import feign.Client;
import feign.Request;
import feign.Response;
import io.governance.client.ClientCall;
import io.governance.client.FeignAttempt;
import io.governance.client.FeignResponses;
import io.governance.client.FeignTargets;
import io.governance.context.CallContext;
import io.governance.context.GovernanceHeaders;
import io.governance.discovery.SelectedInstance;
import io.governance.discovery.mirror.MirroredRequest;
import io.governance.discovery.mirror.Mirroring;

import org.springframework.http.HttpHeaders;

/**
 * A Feign client each of whose requests to a service is an attempt at an instance.
 */
final class LoadBalancingFeignClient implements Client {

	private final Client delegate;

	private final FeignLoadBalancing stage;

	LoadBalancingFeignClient(Client delegate, FeignLoadBalancing stage) {
		this.delegate = delegate;
		this.stage = stage;
	}

	@Override
	public Response execute(Request request, Request.Options options) throws IOException {
		if (!this.stage.targets().isByName(request)) {
			return this.delegate.execute(request, options);
		}
		URI uri = FeignTargets.uri(request);
		if (uri == null) {
			throw new IOException("URL of a Feign client: " + request.url() + " (expected: one that can be called)");
		}
		InstanceUris.service(uri);
		HttpHeaders headers = headers(request);
		ClientCall call = new ClientCall(this.stage.origin(), CallContext.current(), request.httpMethod().name(), uri,
				headers);
		SelectedInstance selected = this.stage.selector().select(call, FeignAttempt.tried(options));
		boolean prepared = false;
		try {
			copy(selected, call, request, uri);
			Request attempt = at(selected, uri, request, headers);
			prepared = true;
			return send(attempt, options, selected);
		}
		catch (IOException | RuntimeException | Error ex) {
			selected.failed(ex, !prepared);
			throw ex;
		}
	}

	private void copy(SelectedInstance selected, ClientCall call, Request request, URI uri) {
		Mirroring copies = this.stage.mirror()
			.begin(selected, call, () -> new MirroredRequest(call.method(),
					(instance) -> InstanceUris.at(uri, instance), headers(request)));
		if (copies != null) {
			byte[] body = request.body();
			if (body != null) {
				copies.write(body, 0, body.length);
			}
			copies.complete();
		}
	}

	private Response send(Request request, Request.Options options, SelectedInstance selected) throws IOException {
		Response response = this.delegate.execute(request, options);
		Collection<String> values = response.headers().getOrDefault(GovernanceHeaders.NOT_PROCESSED, List.of());
		boolean open = selected.answered(response.status(), values.contains("true"));
		return open ? FeignResponses.watched(response, new BodyReport(selected)) : response;
	}

	private static HttpHeaders headers(Request request) {
		HttpHeaders headers = new HttpHeaders();
		request.headers().forEach((name, values) -> headers.addAll(name, List.copyOf(values)));
		return headers;
	}

	private static Request at(SelectedInstance selected, URI uri, Request request, HttpHeaders headers) {
		RequestChanges.apply(selected.headers(), headers);
		Map<String, Collection<String>> changed = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
		headers.forEach(changed::put);
		return Request.create(request.httpMethod(), InstanceUris.at(uri, selected.instance()).toString(), changed,
				request.body(), request.charset(), request.requestTemplate());
	}

}
