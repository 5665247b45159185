// SPDX-License-Identifier: Apache-2.0

package io.governance.resilience.servlet;

import java.util.Set;
import java.util.function.Predicate;

import io.governance.resilience.inbound.StreamTypes;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.core.ReactiveAdapter;
import org.springframework.core.ReactiveAdapterRegistry;
import org.springframework.core.ResolvableType;
import org.springframework.http.HttpEntity;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.servlet.mvc.method.annotation.ResponseBodyEmitter;
import org.springframework.web.servlet.mvc.method.annotation.StreamingResponseBody;

/**
 * Which calls are answered by a stream, as Spring MVC's handler says: by what it returns,
 * or by the media types that it declares. Stateless.
 */
public final class MvcStreams implements Predicate<HttpServletRequest> {

	@Override
	public boolean test(HttpServletRequest request) {
		if (request.getAttribute(HandlerMapping.PRODUCIBLE_MEDIA_TYPES_ATTRIBUTE) instanceof Set<?> types
				&& StreamTypes.isNamedIn(types.toString())) {
			return true;
		}
		return request.getAttribute(HandlerMapping.BEST_MATCHING_HANDLER_ATTRIBUTE) instanceof HandlerMethod handler
				&& returnsStream(handler);
	}

	private static boolean returnsStream(HandlerMethod handler) {
		ResolvableType type = ResolvableType.forMethodParameter(handler.getReturnType());
		ResolvableType body = HttpEntity.class.isAssignableFrom(type.toClass()) ? type.getGeneric() : type;
		return StreamingResponseBody.class.isAssignableFrom(body.toClass())
				|| ResponseBodyEmitter.class.isAssignableFrom(body.toClass()) || isEmitted(body);
	}

	/**
	 * Of a reactive type with these elements Spring MVC makes an emitter. Others it
	 * collects into a list, unless a media type says otherwise.
	 */
	private static boolean isEmitted(ResolvableType body) {
		ReactiveAdapter adapter = ReactiveAdapterRegistry.getSharedInstance().getAdapter(body.toClass());
		Class<?> element = body.getGeneric().toClass();
		return adapter != null && adapter.isMultiValue()
				&& (CharSequence.class.isAssignableFrom(element) || ServerSentEvent.class.isAssignableFrom(element));
	}

}
