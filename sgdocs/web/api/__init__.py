"""The data API under /api/v1, one module for each subject, each with `api = APIRouter()`."""
