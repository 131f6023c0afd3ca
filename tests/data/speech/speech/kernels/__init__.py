from . import attention, convolution
