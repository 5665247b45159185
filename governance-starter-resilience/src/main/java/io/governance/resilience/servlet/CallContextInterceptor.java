// SPDX-License-Identifier: Apache-2.0

package io.governance.resilience.servlet;

import java.util.concurrent.Callable;

import io.governance.context.CallContextThreadLocalAccessor;
import io.governance.resilience.inbound.InboundRun;
import org.jspecify.annotations.Nullable;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.context.request.RequestAttributes;
import org.springframework.web.context.request.async.CallableProcessingInterceptor;

/**
 * Gives the call's context to the thread on which Spring MVC runs a {@link Callable} or a
 * streaming body, whatever its executor. Thread-safe.
 */
public final class CallContextInterceptor implements CallableProcessingInterceptor {

	private final CallContextThreadLocalAccessor current = new CallContextThreadLocalAccessor();

	@Override
	public <T> void preProcess(NativeWebRequest request, Callable<T> task) {
		if (request.getAttribute(InboundRun.ATTRIBUTE, RequestAttributes.SCOPE_REQUEST) instanceof InboundRun run) {
			this.current.setValue(run.context());
		}
	}

	@Override
	public <T> void postProcess(NativeWebRequest request, Callable<T> task, @Nullable Object result) {
		// asks nothing of the request, which may be over by now
		this.current.setValue();
	}

}
