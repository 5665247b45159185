// SPDX-License-Identifier: Apache-2.0

package io.governance.demo.orders;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.client.ResourceAccessException;
import org.springframework.web.client.RestClientResponseException;

/**
 * What a called service says about a bad order is said to our caller in the same words:
 * status and problem body pass through.
 */
@RestControllerAdvice
final class DownstreamErrors {

	@ExceptionHandler
	ResponseEntity<byte[]> relay(RestClientResponseException error) {
		HttpHeaders headers = new HttpHeaders();
		HttpHeaders received = error.getResponseHeaders();
		if (received != null) {
			headers.setContentType(received.getContentType());
			headers.addAll(HttpHeaders.RETRY_AFTER, received.getOrEmpty(HttpHeaders.RETRY_AFTER));
		}
		return new ResponseEntity<>(error.getResponseBodyAsByteArray(), headers, error.getStatusCode());
	}

	@ExceptionHandler
	ProblemDetail unreachable(ResourceAccessException error) {
		return ProblemDetail.forStatusAndDetail(HttpStatus.BAD_GATEWAY, "A called service did not answer.");
	}

}
